# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Small pictures, as applications carry them."""

import struct
import zlib

RECT = '<rect width="64" height="64" fill="{}"/>'
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">{RECT}</svg>'


def svg(colour: str) -> bytes:
    """A square in one colour."""
    return SVG.format(colour).encode()


def png(width: int, height: int, red: int, green: int, blue: int) -> bytes:
    """A rectangle in one colour (PNG, W3C, third edition)."""
    rows = (b"\0" + bytes((red, green, blue)) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, parts))


def _chunk(part: tuple[bytes, bytes]) -> bytes:
    name, content = part
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
