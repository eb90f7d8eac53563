# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Measuring a solid, new in 10.2: extents, surface and enclosed volume."""

import math
from dataclasses import dataclass

from examples.mesh_viewer.stl import Mesh


@dataclass(frozen=True)
class Measures:
    """Lengths in the file's unit, which STL does not name; millimetres are usual."""

    extents: tuple[float, float, float]
    surface: float
    volume: float

    def lines(self) -> tuple[str, ...]:
        """The figures in words."""
        x, y, z = self.extents
        return (
            f"Extents   {x:.1f} by {y:.1f} by {z:.1f}",
            f"Surface   {self.surface:,.0f}",
            f"Volume   {self.volume:,.0f}",
        )


def measure(mesh: Mesh) -> Measures:
    """Surface as the sum of triangles, volume by signed tetrahedra (exact for a closed mesh)."""
    lower, upper = mesh.corners
    surface = volume = 0.0
    for a, b, c in mesh.triangles:
        u, v = [q - p for p, q in zip(a, b, strict=True)], [q - p for p, q in zip(a, c, strict=True)]
        cross = (u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0])
        surface += math.hypot(*cross) / 2
        volume += sum(p * q for p, q in zip(a, cross, strict=True)) / 6
    extents = (upper[0] - lower[0], upper[1] - lower[1], upper[2] - lower[2])
    return Measures(extents, surface, abs(volume))
