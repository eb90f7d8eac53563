# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The program's icon as macOS wants it: one .icns with every size, drawn from the SVG; the same each time."""

from pathlib import Path

from PySide6.QtSvg import QSvgRenderer

from installers.windows_icon import drawn

SIZES = (1024, 512, 256, 128, 64, 32)


def write_icon(svg: Path, out: Path) -> None:
    """Write an .icns with the sizes from 16 points (32 pixels) to 512 points twice as fine."""
    renderer = QSvgRenderer(str(svg))
    pictures = [drawn(renderer, size) for size in SIZES]
    pictures[0].save(out, format="ICNS", append_images=pictures[1:])
