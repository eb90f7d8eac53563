# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What stands for an application at the start of its row: its own icon, or its initials."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from connection_client.ui.face import Face
from connection_client.ui.theme import SMALL, sized, step
from connection_client.ui.tokens import Tokens

TILE = 32
_CORNER = 7


def initials(name: str) -> str:
    """`Survey Viewer SES` is `SV`: what stands on the tile where an application has no icon of its own."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "?"


def draw_tile(painter: QPainter, tokens: Tokens, face: Face, icon: QPixmap | None, area: QRect) -> None:
    """Draw it into `area`, a square of TILE logical pixels; `icon` was made for that size."""
    if icon is not None:
        painter.drawPixmap(area, icon)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.accent_tint if face.installed else tokens.pressed))
    painter.drawRoundedRect(QRectF(area), step(_CORNER), step(_CORNER))
    painter.setPen(QColor(tokens.accent if face.installed else tokens.secondary))
    painter.setFont(sized(painter.font(), SMALL, strong=True))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, initials(face.name))
