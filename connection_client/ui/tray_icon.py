# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The tray icon, drawn by hand: a ring whose shape tells the state. The first one is kept as it was drawn."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from connection_client.ui.drawings import folder

SIZES = (16, 22, 24, 32, 48, 64)
_GRID = 16.0
# No panel tells its colour. This ink has a contrast of 4.5 against both white and black.
INK = "#1A8482"
_NOTHING = QColor(0, 0, 0, 0)


class TrayState(StrEnum):
    """What the icon can tell, the last ones being louder."""

    SIGNED_OUT = "signed-out"
    SIGNED_IN = "signed-in"
    UPDATES = "updates"
    WORKING = "working"
    ATTENTION = "attention"


@cache
def tray_icon(state: TrayState) -> QIcon:
    """The icon in every size that panels ask for."""
    made = QIcon()
    for size in SIZES:
        kept = kept_drawing(state, size)
        if kept.exists():
            made.addFile(str(kept))
        else:
            made.addPixmap(drawn(state, size, QColor(INK)))
    return made


def kept_drawing(state: TrayState, size: int) -> Path:
    """Where a drawing is kept: that of the first moment alone, whose pen would take 11 ms."""
    return folder() / "tray" / f"{state}-{size}.png"


def drawn(state: TrayState, size: int, ink: QColor) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(_NOTHING)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / _GRID, size / _GRID)
    painter.setPen(QPen(ink, 2))
    ring = QRectF(2, 2, 12, 12)
    # Qt counts sixteenths of a degree, anticlockwise from three o'clock.
    spans = {TrayState.SIGNED_OUT: (60, 240), TrayState.WORKING: (90, 200)}
    start, span = spans.get(state, (0, 360))
    painter.drawArc(ring, start * 16, span * 16)
    if state is not TrayState.SIGNED_OUT:
        _mark(painter, state, ink)
    painter.end()
    return pixmap


def _mark(painter: QPainter, state: TrayState, ink: QColor) -> None:
    from PySide6.QtCore import Qt  # its first import takes 12 ms, and the first icon does without

    if state is TrayState.WORKING:
        _arrow(painter, ink)
    elif state is TrayState.UPDATES:
        _corner(painter, QRectF(8.7, 8.7, 8, 8))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(12.6, 12.6), 2.9, 2.9)
    elif state is TrayState.ATTENTION:
        _corner(painter, QRectF(10.4, 6.8, 6, 10))
        painter.setPen(QPen(ink, 1.9, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(12.6, 8.8), QPointF(12.6, 11.8))
        painter.drawPoint(QPointF(12.6, 14.7))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawEllipse(QPointF(8, 8), 2, 2)


def _corner(painter: QPainter, free: QRectF) -> None:
    """Clear a part, so that the mark there stands free of the ring."""
    from PySide6.QtCore import Qt

    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.black)
    painter.drawRoundedRect(free, 4, 4)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)


def _arrow(painter: QPainter, ink: QColor) -> None:
    painter.setPen(QPen(ink, 2))
    painter.drawArc(QRectF(2, 2, 12, 12), 330 * 16, 60 * 16)
