# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The project's own drawings, recoloured for the appearance in use."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from connection_client.ui.drawings import folder

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

_MARK = "#0B6E6E"  # the accent on light; task bars do not say whether they are dark
_SHARPNESS = (1, 2, 3)  # device pixels a logical pixel: 100 %, 200 %, 300 %


def paint(painter: QPainter, name: str, colour: str, area: QRectF) -> None:
    """Draw the icon `name` in `colour` into `area`."""
    _renderer(name, colour).render(painter, area)


def window_icon() -> QIcon:
    """The mark, for task bars and switchers."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128):
        made.addPixmap(pixmap("connection-client", _MARK, size, 1))
    return made


@lru_cache(maxsize=512)
def icon(name: str, colour: str, disabled: str = "", size: int = 20) -> QIcon:
    """The icon for a button or menu, sharp up to 300 %."""
    made = QIcon()
    for ratio in _SHARPNESS:
        made.addPixmap(pixmap(name, colour, size, ratio))
        if disabled:
            made.addPixmap(pixmap(name, disabled, size, ratio), QIcon.Mode.Disabled)
    return made


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """The icon as a picture of `size` logical pixels on a screen with `ratio` device pixels for each."""
    made = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    _renderer(name, colour).render(painter, QRectF(made.rect()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = (folder() / f"{name}.svg").read_bytes().replace(b"currentColor", colour.encode("ascii"))
    from PySide6.QtSvg import QSvgRenderer  # the icon in the tray does without it

    return QSvgRenderer(drawing)
