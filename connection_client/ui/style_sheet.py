# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The small style sheet over Fusion, made from the tokens."""

from __future__ import annotations

from dataclasses import asdict
from string import Template

from connection_client.ui.theme import BODY, LARGE, SMALL, TITLE
from connection_client.ui.tokens import Tokens

_SHEET = Template("""
QWidget { font-size: ${body}px; }
QWidget#window, QWidget#content, QStackedWidget, QScrollArea, QWidget#scrolled { background: $background; }
QScrollArea { border: 0; }
QWidget#bar { background: $bar; border: 0; border-right: 1px solid $line; }
QFrame#card { background: $surface; border: 1px solid $line; border-radius: ${corner}px; }
QFrame#separator { background: $line; border: 0; min-height: 1px; max-height: 1px; }
QToolTip { background: $surface; color: $text; border: 1px solid $line; padding: ${four}px;
  font-size: ${small}px; }

QLabel { background: transparent; color: $text; }
QLabel[role="title"] { font-size: ${title}px; font-weight: 600; }
QLabel[role="heading"] { font-size: ${large}px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="small"] { font-size: ${small}px; color: $secondary; }
QLabel[role="secondary"] { color: $secondary; }
QLabel[role="section"] { font-size: ${small}px; font-weight: 600; color: $secondary; }
QLabel[role="problem"] { font-size: ${small}px; color: $danger; }
QLabel[role="fact"] { font-size: ${small}px; }

QPushButton { background: $surface; color: $text; border: 1px solid $control; border-radius: ${corner}px;
  padding: ${pad_v}px ${pad_h}px; min-height: ${high}px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:focus { border: 2px solid $accent; padding: ${pad_v_focus}px ${pad_h_focus}px; }
QPushButton:disabled { color: $disabled; background: $background; border-color: $line; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent;
  font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $pressed; color: $disabled; border-color: $pressed; }
QPushButton[kind="quiet"], QPushButton[kind="danger"] { background: transparent; border-color: transparent; }
QPushButton[kind="danger"] { color: $danger; }
QPushButton[kind="quiet"]:hover, QPushButton[kind="danger"]:hover { background: $pressed; }
QPushButton[kind="quiet"]:focus, QPushButton[kind="danger"]:focus { border-color: $accent; }
QPushButton[kind="icon"] { background: transparent; border-color: transparent; padding: ${icon_pad}px; }
QPushButton[kind="icon"]:hover { background: $pressed; }
QPushButton[kind="icon"]:focus { border-color: $accent; padding: ${icon_pad_focus}px; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $accent;
  padding: 2px ${four}px; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 1px solid $accent; }
QPushButton[kind="link"]:disabled { color: $disabled; }
QPushButton::menu-indicator { width: 0; image: none; }

QLineEdit, QSpinBox, QComboBox { background: $surface; color: $text; border: 1px solid $control;
  border-radius: ${corner}px; padding: ${pad_v}px ${field_pad}px; min-height: ${high}px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:hover, QSpinBox:hover, QComboBox:hover { border-color: $disabled; }
QLineEdit:focus, QSpinBox:focus, QComboBox:focus { border: 2px solid $accent;
  padding: ${pad_v_focus}px ${field_pad_focus}px; }
QPlainTextEdit { background: $surface; color: $text; border: 1px solid $control; border-radius: ${corner}px;
  padding: ${four}px; selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit:focus { border: 2px solid $accent; }
QLineEdit#search { padding-left: 2px; }
QLineEdit[wrong="true"] { border-color: $danger; }
QLineEdit:disabled, QSpinBox:disabled, QComboBox:disabled { background: $background; color: $secondary;
  border-color: $line; }
QComboBox::drop-down { border: 0; width: ${drop}px; }
QComboBox::down-arrow { image: url($chevron); width: ${sixteen}px; height: ${sixteen}px; }
QComboBox QAbstractItemView { background: $surface; color: $text; border: 1px solid $line; padding: ${four}px;
  selection-background-color: $accent_tint; selection-color: $text; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: 0; }

QMenu { background: $surface; color: $text; border: 1px solid $line; border-radius: ${corner}px;
  padding: ${four}px; }
QMenu::item { padding: ${pad_v}px ${twentyfour}px ${pad_v}px ${eight}px; border-radius: ${four}px; }
QMenu::item:selected { background: $accent_tint; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::icon { padding-left: ${eight}px; }
QMenu::separator { height: 1px; background: $line; margin: ${four}px ${eight}px; }

QScrollBar:vertical { background: transparent; width: ${ten}px; margin: 0; border: 0; }
QScrollBar::handle:vertical { background: $control; border-radius: 3px; min-height: ${thirtytwo}px;
  margin: 2px; }
QScrollBar::handle:vertical:hover { background: $disabled; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; border: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def style_sheet(tokens: Tokens, scale: float, chevron: str) -> str:
    """The sheet for these tokens with every length times `scale`; `chevron` is the arrow's image file."""
    lengths = {
        "body": BODY,
        "small": SMALL,
        "large": LARGE,
        "title": TITLE,
        "corner": 6,
        "high": 20,
        "pad_v": 5,
        "pad_h": 14,
        "field_pad": 10,
        "four": 4,
        "eight": 8,
        "ten": 10,
        "sixteen": 16,
        "twentyfour": 24,
        "drop": 28,
        "thirtytwo": 32,
        "icon_pad": 5,
    }
    values: dict[str, object] = {name: round(pixels * scale) for name, pixels in lengths.items()}
    # The focus frame is one pixel wider; the padding gives it back, so nothing moves.
    for name in ("pad_v", "pad_h", "field_pad", "icon_pad"):
        values[f"{name}_focus"] = round(lengths[name] * scale) - 1
    colours = {name: colour for name, colour in asdict(tokens).items() if name != "dark"}
    return _SHEET.substitute({**values, **colours, "chevron": chevron})
