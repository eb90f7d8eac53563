# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A switch: a check box that looks like what it does."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from connection_client.ui.theme import step, tokens_now

_WIDTH, _HEIGHT = 40, 22


class Switch(QCheckBox):
    """On is told by the place of the knob and by the fill, not by colour alone."""

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return QSize(step(_WIDTH) + step(8), step(_HEIGHT) + step(8))

    def hitButton(self, _position: object) -> bool:  # noqa: N802  # Qt's name
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        tokens = tokens_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = step(_WIDTH), step(_HEIGHT)
        track = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(track.adjusted(-3, -3, 3, 3), height / 2 + 3, height / 2 + 3)
        on = self.isChecked()
        fill = tokens.accent if on else tokens.surface
        edge = tokens.accent if on else tokens.secondary
        if not self.isEnabled():
            fill, edge = (tokens.disabled, tokens.disabled) if on else (tokens.surface, tokens.disabled)
        painter.setPen(QPen(QColor(edge), 1.5))
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(track.adjusted(1, 1, -1, -1), height / 2, height / 2)
        at_end = on is not self.isRightToLeft()
        size = height - step(8)
        left = track.right() - size - step(4) if at_end else track.left() + step(4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.on_accent if on else edge))
        painter.drawEllipse(QRectF(left, track.top() + step(4), size, size))
        painter.end()
