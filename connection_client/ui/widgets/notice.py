# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A strip that says something without taking the window away: a fact, a warning or a failure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from connection_client.domain.language import _
from connection_client.ui.theme import step, tokens_now
from connection_client.ui.widgets.parts import Button, Picture, clear, label

Weight = Literal["info", "warning", "danger"]
_COLOURS: dict[str, str] = {"info": "accent", "warning": "warning", "danger": "danger"}


class Notice(QFrame):
    """Hidden until `say`; with at most two buttons, and a way to put it away."""

    shown = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weight: Weight = "info"
        self.picture = Picture("info", "accent")
        self.text = label("")
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(step(4))
        self.close_button = Button(_("Dismiss"), self.hide, kind="icon", icon_name="close")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(step(12), step(8), step(8), step(8))
        self._grid.setHorizontalSpacing(step(10))
        self._grid.setVerticalSpacing(step(8))
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self.picture, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(self.text, 0, 1)
        self._grid.addLayout(self.buttons, 0, 2)
        self._grid.addWidget(self.close_button, 0, 3, Qt.AlignmentFlag.AlignVCenter)
        self._below = False
        self.hide()

    def say(
        self,
        text: str,
        weight: Weight = "info",
        *actions: tuple[str, Callable[[], object]],
        icon_name: str = "",
        closable: bool = True,
    ) -> None:
        """Show `text` with the buttons `actions`, the first being the likely one; an empty text hides it."""
        self._weight = weight
        self.text.setText(text)
        self.setAccessibleName(text)
        self.picture.set_picture(icon_name or ("info" if weight == "info" else "warning"), _COLOURS[weight])
        clear(self.buttons)
        for verb, pressed in actions:
            self.buttons.addWidget(Button(verb, pressed))
        self.close_button.setVisible(closable)
        self.setVisible(bool(text))
        self._arrange()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Put the buttons below the text where both do not fit on one line."""
        wanted = self.text.fontMetrics().horizontalAdvance(self.text.text()) + self.buttons.sizeHint().width()
        below = bool(self.buttons.count()) and wanted > self.width() - step(88)
        if below != self._below:
            self._below = below
            self._grid.removeItem(self.buttons)
            self._grid.addLayout(
                self.buttons, 1 if below else 0, 1 if below else 2, Qt.AlignmentFlag.AlignLeading
            )

    def setVisible(self, visible: bool) -> None:  # noqa: FBT001, N802  # Qt's name
        super().setVisible(visible)
        self.shown.emit(visible)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        tokens = tokens_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(tokens, f"{_COLOURS[self._weight]}_tint")))
        painter.drawRoundedRect(QRectF(self.rect()), step(6), step(6))
        painter.end()
