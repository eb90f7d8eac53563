# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A QR code: dark squares on white whatever the theme, as cameras expect it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from connection_client.ui.theme import step

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from connection_client.identity.qr_code import Modules

_SIZE = 184


class QrPicture(QWidget):
    """Shows nothing until it was given a code."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._modules: Modules = ()
        self.setFixedSize(step(_SIZE), step(_SIZE))
        self.setAccessibleName(name)

    def show_code(self, modules: Modules) -> None:
        """Draw this code from now on."""
        self._modules = modules
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        if not self._modules:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        # Whole picture elements for each square: a blurred edge is what cameras stumble over.
        square = max(1, min(self.width(), self.height()) // len(self._modules))
        start = (self.width() - square * len(self._modules)) // 2
        for y, row in enumerate(self._modules):
            for x, dark in enumerate(row):
                if dark:
                    place = QRect(start + x * square, start + y * square, square, square)
                    painter.fillRect(place, Qt.GlobalColor.black)
        painter.end()
