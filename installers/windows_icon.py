# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The program's icon as Windows wants it, drawn from the SVG in every size."""

from pathlib import Path

from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (256, 64, 48, 40, 32, 24, 20, 16)


def write_icon(svg: Path, out: Path) -> None:
    """Write an .ico with one picture for each size that Windows shows."""
    renderer = QSvgRenderer(str(svg))
    pictures = [drawn(renderer, size) for size in SIZES]
    pictures[0].save(out, format="ICO", sizes=[(size, size) for size in SIZES], append_images=pictures[1:])


def drawn(renderer: QSvgRenderer, size: int) -> Image.Image:
    """The picture as a square of `size` pixels, transparent where nothing is drawn."""
    image = QImage(size, size, QImage.Format.Format_RGBA8888)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return Image.frombytes(
        "RGBA", (size, size), bytes(image.constBits()), "raw", "RGBA", image.bytesPerLine()
    )
