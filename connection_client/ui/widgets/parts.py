# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Buttons, labels, cards and space, as every page uses them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from connection_client.ui.icons import icon, pixmap
from connection_client.ui.theme import step, tokens_now
from connection_client.ui.widgets.text_label import TextLabel
from connection_client.ui.widgets.tips import plain_tip

Kind = Literal["normal", "primary", "quiet", "danger", "icon", "link"]
Role = Literal["plain", "title", "heading", "strong", "small", "secondary", "section", "problem", "fact"]
_ICON = 18
_REDRESSED = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange)
_L = TypeVar("_L", bound=QBoxLayout)


class Button(QPushButton):
    """A verb to press; its accessible name is its text. Of kind `icon` it shows no text, but tells it."""

    def __init__(
        self,
        text: str,
        pressed: Callable[[], object] | None = None,
        *,
        kind: Kind = "normal",
        icon_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self.setProperty("kind", kind)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if kind == "primary" else Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor)
        self.setAutoDefault(True)
        self.set_text(text)
        if pressed is not None:
            self.clicked.connect(lambda _checked=False: pressed())
        self._draw_icon()

    def set_text(self, text: str) -> None:
        """Change the verb; an `&` is a character, not a shortcut."""
        if self.property("kind") == "icon":
            self.setToolTip(plain_tip(text))
        else:
            # A space before the text: Qt sets a drawing too close to it.
            self.setText((" " if self._icon_name and text else "") + text.replace("&", "&&"))
        self.setAccessibleName(text)

    def set_kind(self, kind: Kind) -> None:
        """Change how loud the button is."""
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            repolish(self)
            self._draw_icon()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        super().changeEvent(event)
        if event.type() in _REDRESSED:
            self._draw_icon()

    def _draw_icon(self) -> None:
        if not self._icon_name:
            self.setIcon(QIcon())
            return
        tokens = tokens_now()
        kind = self.property("kind")
        colour = {"primary": tokens.on_accent, "danger": tokens.danger, "link": tokens.accent}.get(
            kind, tokens.text
        )
        size = step(_ICON)
        self.setIcon(icon(self._icon_name, colour, tokens.disabled, size))
        self.setIconSize(QSize(size, size))


class Picture(QLabel):
    """An icon in the text; it says nothing that the text beside it does not say."""

    def __init__(
        self, name: str, colour: str = "secondary", size: int = 20, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._colour, self._size = name, colour, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._draw()

    def set_picture(self, name: str, colour: str) -> None:
        """Change the drawing."""
        self._name, self._colour = name, colour
        self._draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        super().changeEvent(event)
        if event.type() in _REDRESSED:
            self._draw()

    def _draw(self) -> None:
        colour = getattr(tokens_now(), self._colour)
        self.setPixmap(pixmap(self._name, colour, step(self._size), self.devicePixelRatioF()))


def label(text: str, role: Role = "plain", *, wrap: bool = True, selectable: bool = False) -> QLabel:
    """Plain text, never rich: what comes from outside is shown as it is."""
    made = TextLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        made.setMinimumWidth(1)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at a widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def column(
    *items: QWidget | QLayout | int, space: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """Things below each other; a number is space, -1 space that stretches."""
    return _fill(QVBoxLayout(), items, space, margins)


def line(
    *items: QWidget | QLayout | int, space: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """Things beside each other; a number is space, -1 space that stretches."""
    return _fill(QHBoxLayout(), items, space, margins)


def _fill(
    layout: _L, items: tuple[QWidget | QLayout | int, ...], space: int, margins: tuple[int, int, int, int]
) -> _L:
    layout.setSpacing(step(space))
    layout.setContentsMargins(*(step(margin) for margin in margins))
    for item in items:
        if isinstance(item, QWidget):
            layout.addWidget(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        elif item < 0:
            layout.addStretch(1)
        else:
            layout.addSpacing(step(item))
    return layout


def card(layout: QLayout) -> QFrame:
    """A surface that holds what belongs together."""
    frame = QFrame()
    frame.setObjectName("card")
    frame.setLayout(layout)
    return frame


def separator() -> QFrame:
    """A hairline."""
    frame = QFrame()
    frame.setObjectName("separator")
    return frame


def box(layout: QLayout) -> QWidget:
    """A widget without a look of its own around a layout, so that it can be hidden as one."""
    widget = QWidget()
    widget.setLayout(layout)
    return widget


def clear(layout: QLayout) -> None:
    """Take everything out and away."""
    while layout.count():
        widget = layout.takeAt(0).widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
