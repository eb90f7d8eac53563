# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A place in the bar: icon, word, and how many things wait there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QPushButton

from connection_client.domain.language import ngettext
from connection_client.ui.icons import paint
from connection_client.ui.theme import BODY, SMALL, sized, step, tokens_now

_HEIGHT, _ICON, _EDGE = 36, 20, 10


class PlaceButton(QPushButton):
    """Checked while its place is shown."""

    def __init__(self, text: str, icon_name: str) -> None:
        super().__init__()
        self._icon_name = icon_name
        self._count = 0
        self._attention = False
        self._compact = False
        self.setProperty("kind", "place")
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_count(self, count: int) -> None:
        """Show how many things wait; nothing at 0."""
        if count != self._count:
            self._count = count
            self.setAccessibleDescription(
                ngettext("{n} waits", "{n} wait", count).format(n=count) if count else ""
            )
            self.updateGeometry()
            self.update()

    def set_attention(self, *, wanted: bool) -> None:
        """A mark for something that a person has to do here."""
        self._attention = wanted
        self.update()

    def set_compact(self, *, compact: bool) -> None:
        """Show the icon alone where the window is narrow; tooltip and screen reader tell the word."""
        self._compact = compact
        self.setToolTip(self.text() if compact else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        metrics = QFontMetrics(sized(QApplication.font(), BODY, strong=True))
        width = step(_EDGE * 3 + _ICON) + metrics.horizontalAdvance(self.text()) + step(44)
        width = step(_EDGE * 2 + _ICON) if self._compact else width
        return QSize(width, max(step(_HEIGHT), metrics.height() + step(12)))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        tokens = tokens_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter)
        here = self.isChecked()
        colour = tokens.accent if here else tokens.text
        size, edge = step(_ICON), step(_EDGE)
        rtl = self.isRightToLeft()
        left = self.width() - edge - size if rtl else edge
        paint(painter, self._icon_name, colour, QRectF(left, (self.height() - size) / 2, size, size))
        if self._compact:
            self._draw_dot(painter, QRectF(left, (self.height() - size) / 2, size, size))
            painter.end()
            return
        painter.setPen(QColor(colour))
        painter.setFont(sized(self.font(), BODY, strong=here))
        indent = edge * 2 + size
        text_area = self.rect().adjusted(0, 0, -indent, 0) if rtl else self.rect().adjusted(indent, 0, 0, 0)
        side = Qt.AlignmentFlag.AlignLeft  # the painter turns it round for languages from right to left
        painter.drawText(text_area, side | Qt.AlignmentFlag.AlignVCenter, self.text())
        self._draw_count(painter, rtl=rtl)
        painter.end()

    def _draw_ground(self, painter: QPainter) -> None:
        tokens = tokens_now()
        ground = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        here = self.isChecked()
        if here or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_tint if here else tokens.pressed))
            painter.drawRoundedRect(ground, step(6), step(6))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(ground, step(6), step(6))

    def _draw_count(self, painter: QPainter, *, rtl: bool) -> None:
        tokens = tokens_now()
        if not self._count and not self._attention:
            return
        text = "!" if not self._count else str(self._count) if self._count < 100 else "99+"  # noqa: PLR2004
        font = sized(self.font(), SMALL, strong=True)
        metrics = QFontMetrics(font)
        height = metrics.height() + step(2)
        width = max(height, metrics.horizontalAdvance(text) + step(10))
        left = step(_EDGE) if rtl else self.width() - step(_EDGE) - width
        pill = QRectF(left, (self.height() - height) / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent if self._count else tokens.warning))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(QColor(tokens.on_accent))
        painter.setFont(font)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def _draw_dot(self, painter: QPainter, icon_area: QRectF) -> None:
        tokens = tokens_now()
        if self._count or self._attention:
            painter.setPen(QPen(QColor(tokens.bar), 2))
            painter.setBrush(QColor(tokens.accent if self._count else tokens.warning))
            painter.drawEllipse(icon_area.topRight(), step(5), step(5))
