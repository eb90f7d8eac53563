# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the program is dressed in now: colours, fonts and lengths, at the scale of the person's type."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from connection_client.ui.tokens import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Tokens

BODY, SMALL, LARGE, TITLE = 14, 12, 16, 20  # pixels at 100 %; everything else is a step of 4
_USUAL_FONT = 13.3  # pixels of a desktop's ordinary 10 pt font: the size that counts as 100 %
_scale = 1.0
_BETTER_THAN_NONE = ("Inter", "Cantarell", "Adwaita Sans", "Noto Sans", "Open Sans")


_worn, _still = LIGHT, False


def tokens_for(theme: str, *, contrast: bool = False) -> Tokens:
    """The tokens for the setting `theme`: light, dark, or system, which follows the desktop.

    With `contrast`, those of the highest contrast on the same ground.
    """
    dark = theme == "dark"
    if theme == "system":
        dark = QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    if contrast:
        return CONTRAST_DARK if dark else CONTRAST_LIGHT
    return DARK if dark else LIGHT


def tokens_now() -> Tokens:
    """The tokens that the program is dressed in."""
    return _worn


def wear(tokens: Tokens, *, still: bool = False) -> None:
    """Draw with these from now on; `still`: nothing moves by itself."""
    global _worn, _still  # one look for the whole program, asked for by everything that draws
    _worn, _still = tokens, still


def is_still() -> bool:
    """Whether the person wants nothing to move by itself."""
    return _still


def palette_of(tokens: Tokens) -> QPalette:
    """A palette for Fusion, for all that the style sheet does not name."""
    role = QPalette.ColorRole
    palette = QPalette(QColor(tokens.surface), QColor(tokens.background))
    for which, colour in {
        role.Window: tokens.background,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.hover,
        role.Text: tokens.text,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.PlaceholderText: tokens.secondary,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.text,
        role.Mid: tokens.line,
    }.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.disabled))
    return palette


def system_scale() -> float:
    """How large the person's desktop writes, against the usual; our sizes grow and shrink with it."""
    pixels = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).pixelSize()
    return min(max(pixels / _USUAL_FONT, 1.0), 3.0)


def body_font(scale: float) -> QFont:
    """The system's font; where no desktop names one, a better one than the fallback of fontconfig."""
    font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
    if font.family() in {"Sans Serif", "sans-serif", "Sans", "DejaVu Sans", ""}:
        known = set(QFontDatabase.families())
        font.setFamily(next((name for name in _BETTER_THAN_NONE if name in known), font.family()))
    font.setPixelSize(round(BODY * scale))
    return font


def use_scale(scale: float) -> None:
    """Write at this scale from now on."""
    global _scale  # noqa: PLW0603  # one scale for the whole program, asked for by every row of a long list
    _scale = scale
    metrics.cache_clear()
    text_width.cache_clear()


def sized(font: QFont, pixels: float, *, strong: bool = False) -> QFont:
    """`font` at `pixels` of our scale."""
    copy = QFont(font)
    copy.setPixelSize(round(pixels * _scale))
    copy.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return copy


@cache
def metrics(pixels: float, *, strong: bool = False) -> QFontMetrics:
    """How much room the program's font takes at `pixels` of our scale."""
    return QFontMetrics(sized(QApplication.font(), pixels, strong=strong))


@lru_cache(maxsize=16_384)
def text_width(text: str, pixels: float, *, strong: bool = False) -> int:
    """The width of a text on one line; lists ask for the same ones again and again."""
    return metrics(pixels, strong=strong).horizontalAdvance(text)


def step(pixels: float) -> int:
    """A length of our scale in pixels of the screen, so that space grows with the type."""
    return round(pixels * _scale)
