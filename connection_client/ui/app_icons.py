# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The applications' own icons, found and decoded behind, and drawn as soon as they are there."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QFileInfo, QIODevice, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPixmap

from connection_client.domain.installed import OWN_PRODUCT
from connection_client.ui.drawings import folder

if TYPE_CHECKING:
    from pathlib import Path

    from connection_client.ui.background import Background
    from connection_client.workspace.app_icons import AppIcon, AppIconFinder
    from connection_client.workspace.view import Row

_LARGEST = 1 << 20  # bytes of a file
_WIDEST = 1024  # pixels
_FORMATS = (b"png", b"xpm", b"ico")
_PROGRAMS = (".exe", ".app")
_AGAIN_AFTER = 600.0  # seconds, where asking failed
_Key = tuple[str, str, int]


class AppIcons(QObject):
    """Keeps every icon that was asked for; `arrived` says for which product there is one now."""

    arrived = Signal(str)

    def __init__(self, find: AppIconFinder, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._find, self._background = find, background
        self._known: dict[_Key, QPixmap | None] = {}
        self._failed: dict[_Key, float] = {}
        self._waiting: dict[_Key, Row] = {}
        self._under_way = False

    def of(self, row: Row, pixels: int) -> QPixmap | None:
        """The icon in that size, where it is known; else it is looked for, or the application has none."""
        key = row.product_id, row.installed.version_text if row.installed is not None else "", pixels
        if key not in self._known and key not in self._waiting and self._may_ask(key):
            self._waiting[key] = row
            self._next()
        return self._known.get(key)

    @property
    def at_rest(self) -> bool:
        """Whether everything that was asked for is known, or cannot be known now."""
        return not self._waiting

    def _next(self) -> None:
        """One at a time: the Center may be slow, and other work wants the threads, too."""
        if self._under_way or not self._waiting:
            return
        self._under_way = True
        key, row = next(reversed(self._waiting.items()))  # what was asked last is what is seen now
        self._background.run(
            partial(_drawn, self._find, row, key[2]),
            partial(self._on_drawn, key),
            partial(self._on_error, key),
        )

    def _done(self, key: _Key) -> None:
        del self._waiting[key]
        self._under_way = False
        self._next()

    def _may_ask(self, key: _Key) -> bool:
        return time.monotonic() - self._failed.get(key, float("-inf")) > _AGAIN_AFTER

    def _on_drawn(self, key: _Key, image: QImage | None) -> None:
        self._known[key] = QPixmap.fromImage(image) if image is not None else None
        self._done(key)
        if image is not None:
            self.arrived.emit(key[0])

    def _on_error(self, key: _Key, _error: Exception) -> None:
        """A row says so itself where the Center is out of reach; its tile shows the initials meanwhile."""
        self._failed[key] = time.monotonic()
        self._done(key)


def _drawn(find: AppIconFinder, row: Row, pixels: int) -> QImage | None:
    """The icon of `row` as a square of that size; None where there is none that can be drawn."""
    if row.product_id == OWN_PRODUCT:
        return _from_svg((folder() / f"{OWN_PRODUCT}.svg").read_bytes(), pixels)
    icon = find(row)
    return _decoded(icon, pixels) if icon is not None else None


def _decoded(icon: AppIcon, pixels: int) -> QImage | None:
    if icon.file is not None and icon.file.suffix.lower() in _PROGRAMS:
        return _of_program(icon.file, pixels)
    content = _content(icon.file) if icon.file is not None else icon.content
    if not content:
        return None
    is_drawing = content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    return _from_svg(content, pixels) if is_drawing else _from_picture(content, pixels)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError:
        return b""
    return content if len(content) <= _LARGEST else b""


def _of_program(path: Path, pixels: int) -> QImage | None:
    """What Explorer and Finder show for it."""
    from PySide6.QtWidgets import QFileIconProvider

    icon = QFileIconProvider().icon(QFileInfo(str(path)))
    return None if icon.isNull() else _square(icon.pixmap(QSize(pixels, pixels)).toImage(), pixels)


def _from_svg(content: bytes, pixels: int) -> QImage | None:
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(content))
    if not renderer.isValid():
        return None
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    image = _empty(pixels)
    painter = QPainter(image)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    return image


def _from_picture(content: bytes, pixels: int) -> QImage | None:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if bytes(reader.format().data()) not in _FORMATS or max(size.width(), size.height()) > _WIDEST:
        return None
    return _square(reader.read(), pixels)


def _square(image: QImage, pixels: int) -> QImage | None:
    """The whole picture in the middle of a square, never stretched."""
    if image.isNull():
        return None
    smooth = Qt.TransformationMode.SmoothTransformation
    scaled = image.scaled(pixels, pixels, Qt.AspectRatioMode.KeepAspectRatio, smooth)
    square = _empty(pixels)
    painter = QPainter(square)
    painter.drawImage((pixels - scaled.width()) // 2, (pixels - scaled.height()) // 2, scaled)
    painter.end()
    return square


def _empty(pixels: int) -> QImage:
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image
