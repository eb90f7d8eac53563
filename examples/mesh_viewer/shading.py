# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""From triangles to shaded polygons on a screen: rotation, projection, light, far ones first (painter)."""

import math
from dataclasses import dataclass

from examples.mesh_viewer.stl import Mesh, Triangle, Vector

_LIGHT = (-0.35, 0.45, 0.82)
_DARK, _BRIGHT = (9, 58, 60), (150, 220, 214)


@dataclass(frozen=True)
class Pose:
    """How the solid is turned (radians) and how large it is drawn."""

    turn: float = 0.7
    tilt: float = -1.05
    zoom: float = 1.0


@dataclass(frozen=True)
class Polygon:
    """A triangle on the screen in pixels, with its colour."""

    points: tuple[float, ...]
    colour: str


class Scene:
    """A mesh moved to its middle, with the normals it needs for light."""

    def __init__(self, mesh: Mesh) -> None:
        lower, upper = mesh.corners
        middle = tuple((a + b) / 2 for a, b in zip(lower, upper, strict=True))
        self.radius = math.dist(lower, upper) / 2 or 1.0
        self._faces = [
            (moved, normal)
            for triangle in mesh.triangles
            if (normal := normal_of(moved := _moved(triangle, middle))) is not None
        ]

    def draw(self, pose: Pose, width: int, height: int) -> list[Polygon]:
        """What faces the eye, far ones first."""
        rows = _rotation(pose)
        scale = min(width, height) * 0.62 / self.radius * pose.zoom
        drawn: list[tuple[float, Polygon]] = []
        for triangle, normal in self._faces:
            facing = _dot(rows[2], normal)
            if facing <= 0:
                continue
            light = max(0.0, sum(_dot(row, normal) * part for row, part in zip(rows, _LIGHT, strict=True)))
            points: list[float] = []
            for vertex in triangle:
                points.append(width / 2 + _dot(rows[0], vertex) * scale)
                points.append(height / 2 - _dot(rows[1], vertex) * scale)
            depth = sum(_dot(rows[2], vertex) for vertex in triangle)
            drawn.append((depth, Polygon(tuple(points), shade(light))))
        drawn.sort(key=lambda entry: entry[0])
        return [polygon for _, polygon in drawn]


def normal_of(triangle: Triangle) -> Vector | None:
    """The unit normal by the right-hand rule, or None for a triangle without area."""
    a, b, c = triangle
    u, v = (b[0] - a[0], b[1] - a[1], b[2] - a[2]), (c[0] - a[0], c[1] - a[1], c[2] - a[2])
    x, y, z = u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]
    length = math.sqrt(x * x + y * y + z * z)
    return (x / length, y / length, z / length) if length else None


def shade(light: float) -> str:
    """The colour of a face that gets `light` between 0 and 1."""
    amount = 0.18 + 0.82 * min(light, 1.0)
    red, green, blue = (round(a + (b - a) * amount) for a, b in zip(_DARK, _BRIGHT, strict=True))
    return f"#{red:02x}{green:02x}{blue:02x}"


def _rotation(pose: Pose) -> tuple[Vector, Vector, Vector]:
    ct, st, cx, sx = math.cos(pose.turn), math.sin(pose.turn), math.cos(pose.tilt), math.sin(pose.tilt)
    return (ct, -st, 0.0), (st * cx, ct * cx, -sx), (st * sx, ct * sx, cx)


def _dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def _moved(triangle: Triangle, middle: tuple[float, ...]) -> Triangle:
    a, b, c = ((vertex[0] - middle[0], vertex[1] - middle[1], vertex[2] - middle[2]) for vertex in triangle)
    return a, b, c
