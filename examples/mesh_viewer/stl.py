# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Triangles of an STL file, text or binary (the format of 3D Systems, 1989)."""

import math
import re
import struct
from dataclasses import dataclass
from pathlib import Path

from examples.common.files import FileNotReadable, read_bytes

Vector = tuple[float, float, float]
Triangle = tuple[Vector, Vector, Vector]

MOST_TRIANGLES = 200_000
_HEADER = 84
_FACET = struct.Struct("<12fH")
_VERTEX = re.compile(rb"\bvertex\s+(\S+)\s+(\S+)\s+(\S+)", re.IGNORECASE)


@dataclass(frozen=True)
class Mesh:
    """A closed or open surface."""

    triangles: tuple[Triangle, ...]

    @property
    def corners(self) -> tuple[Vector, Vector]:
        """The bounding box: its smallest and its largest corner."""
        axes = [[vertex[axis] for triangle in self.triangles for vertex in triangle] for axis in range(3)]
        return (min(axes[0]), min(axes[1]), min(axes[2])), (max(axes[0]), max(axes[1]), max(axes[2]))


def read_mesh(path: Path) -> Mesh:
    """Read a file of either form; raises FileNotReadable with the reason."""
    content = read_bytes(path)
    triangles = _read_binary(content)
    if triangles is None:
        triangles = _read_text(path.name, content)
    if not triangles:
        raise FileNotReadable(f"{path.name} holds no triangles.")
    return Mesh(tuple(triangles))


def _read_binary(content: bytes) -> list[Triangle] | None:
    """The triangles, or None where the length says that this is not the binary form.

    Some programs begin binary files with "solid" too, so the length decides, not the first word.
    """
    if len(content) < _HEADER:
        return None
    count = int.from_bytes(content[80:84], "little")
    if len(content) != _HEADER + count * _FACET.size:
        return None
    _refuse_large(count)
    return [
        (facet[3:6], facet[6:9], facet[9:12])
        for facet in _FACET.iter_unpack(content[_HEADER:])
        if all(map(math.isfinite, facet[3:12]))
    ]


def _read_text(name: str, content: bytes) -> list[Triangle]:
    if content.lstrip()[:5].lower() != b"solid":
        raise FileNotReadable(f"{name} is not an STL file, or a part of it is missing.")
    try:
        vertices = [(float(x), float(y), float(z)) for x, y, z in _VERTEX.findall(content)]
    except ValueError as error:
        raise FileNotReadable(f"{name} has a vertex that is not made of numbers.") from error
    if not all(math.isfinite(part) for vertex in vertices for part in vertex):
        raise FileNotReadable(f"{name} has a vertex that is not made of numbers.")
    if len(vertices) % 3:
        raise FileNotReadable(f"{name} ends in the middle of a triangle.")
    _refuse_large(len(vertices) // 3)
    return [(vertices[i], vertices[i + 1], vertices[i + 2]) for i in range(0, len(vertices), 3)]


def _refuse_large(count: int) -> None:
    if count > MOST_TRIANGLES:
        raise FileNotReadable(f"The mesh has {count:,} triangles; up to {MOST_TRIANGLES:,} can be shown.")
