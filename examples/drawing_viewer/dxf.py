# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Shapes of a DXF drawing: lines, polylines with bulges, circles, arcs, texts; and the layers they lie on."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from examples.common.files import FileNotReadable
from examples.drawing_viewer.groups import Entity, read_entities

Point = tuple[float, float]

_BY_LAYER = 256
_CHORD = math.radians(6)  # curves are drawn as chords of this angle
# AutoCAD colour index 1 to 9, darkened where pure tones would vanish on white.
_COLOURS = {1: "#C22B2B", 2: "#9A7B00", 3: "#2E7D32", 4: "#0B7285", 5: "#2F4FB0", 6: "#8E2F8E", 8: "#6B6F73"}
_INK = "#1B1D1F"


@dataclass(frozen=True)
class Path2D:
    """A chain of straight pieces."""

    layer: str
    colour: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Text:
    """A line of text at its lower left point; `height` in drawing units, `angle` in degrees."""

    layer: str
    colour: str
    at: Point
    height: float
    angle: float
    content: str


@dataclass(frozen=True)
class Drawing:
    """All that can be shown, the layers in the order of their names, and how much was left out."""

    paths: tuple[Path2D, ...]
    texts: tuple[Text, ...]
    layers: tuple[str, ...]
    left_out: int = 0

    def points(self) -> list[Point]:
        """Every point, to find the extents and to snap to."""
        return [point for path in self.paths for point in path.points] + [text.at for text in self.texts]


def read_drawing(path: Path) -> Drawing:
    """Read a text DXF file; a bad entity loses only itself. Raises FileNotReadable where nothing is left."""
    colours: dict[str, str] = {}
    builder = _Builder(colours)
    for section, entity in read_entities(path):
        if section == "TABLES" and entity.kind == "LAYER":
            colours[entity.text(2)] = _colour(int(abs(_safe(entity, 62, 7))))
        elif section == "ENTITIES":
            builder.add(entity)
    drawing = builder.finish()
    if not drawing.paths and not drawing.texts:
        raise FileNotReadable(f"{path.name} holds nothing that can be shown.")
    return drawing


class _Builder:
    """Collects shapes; old-style polylines come as a record, their vertices, and an end mark."""

    def __init__(self, colours: dict[str, str]) -> None:
        self._colours = colours
        self._paths: list[Path2D] = []
        self._texts: list[Text] = []
        self._left_out = 0
        self._open: Entity | None = None
        self._vertices: list[tuple[float, float, float]] = []

    def add(self, entity: Entity) -> None:
        try:
            if entity.kind == "POLYLINE":
                self._open, self._vertices = entity, []
            elif entity.kind == "VERTEX":
                self._vertices.append((entity.number(10), entity.number(20), entity.number(42)))
            elif entity.kind == "SEQEND":
                self._end_polyline()
            elif entity.kind == "TEXT":
                self._texts.append(self._text(entity))
            elif (trace := _TRACES.get(entity.kind)) is not None:
                self._keep(entity, trace(entity))
            else:
                self._left_out += 1
        except ValueError:
            self._left_out += 1

    def finish(self) -> Drawing:
        shapes: list[Path2D | Text] = [*self._paths, *self._texts]
        layers = sorted({shape.layer for shape in shapes})
        return Drawing(tuple(self._paths), tuple(self._texts), tuple(layers), self._left_out)

    def _end_polyline(self) -> None:
        opened, self._open = self._open, None
        if opened is not None:
            self._keep(opened, _chain(self._vertices, closed=bool(int(opened.number(70)) & 1)))

    def _keep(self, entity: Entity, points: list[Point]) -> None:
        if len(points) < 2 or not all(map(math.isfinite, (part for point in points for part in point))):  # noqa: PLR2004  # a line has two ends
            raise ValueError(entity.kind)
        self._paths.append(Path2D(_layer(entity), self._ink(entity), tuple(points)))

    def _text(self, entity: Entity) -> Text:
        at = (entity.number(10), entity.number(20))
        height = entity.number(40, 1.0)
        return Text(_layer(entity), self._ink(entity), at, height, entity.number(50), entity.text(1))

    def _ink(self, entity: Entity) -> str:
        own = int(entity.number(62, _BY_LAYER))
        return self._colours.get(_layer(entity), _INK) if own == _BY_LAYER else _colour(own)


def _line(entity: Entity) -> list[Point]:
    return [(entity.number(10), entity.number(20)), (entity.number(11), entity.number(21))]


def _circle(entity: Entity) -> list[Point]:
    return list(_arc_points((entity.number(10), entity.number(20)), entity.number(40), 0.0, 2 * math.pi))


def _arc(entity: Entity) -> list[Point]:
    start, end = math.radians(entity.number(50)), math.radians(entity.number(51))
    sweep = (end - start) % (2 * math.pi) or 2 * math.pi
    return list(_arc_points((entity.number(10), entity.number(20)), entity.number(40), start, sweep))


def _light_polyline(entity: Entity) -> list[Point]:
    vertices: list[tuple[float, float, float]] = []
    for code, value in entity.groups:
        if code == 10:  # noqa: PLR2004  # a group code: x opens a vertex
            vertices.append((float(value), 0.0, 0.0))
        elif code == 20 and vertices:  # noqa: PLR2004  # y
            vertices[-1] = (vertices[-1][0], float(value), vertices[-1][2])
        elif code == 42 and vertices:  # noqa: PLR2004  # bulge
            vertices[-1] = (vertices[-1][0], vertices[-1][1], float(value))
    return _chain(vertices, closed=bool(int(entity.number(70)) & 1))


_TRACES: dict[str, Callable[[Entity], list[Point]]] = {
    "LINE": _line,
    "CIRCLE": _circle,
    "ARC": _arc,
    "LWPOLYLINE": _light_polyline,
}


def _chain(vertices: list[tuple[float, float, float]], *, closed: bool) -> list[Point]:
    """The polyline with its curved pieces; a bulge is the tangent of a quarter of the arc's angle."""
    if not vertices:
        return []
    points: list[Point] = [vertices[0][:2]]
    following = [*vertices[1:], *(vertices[:1] if closed else [])]
    for (x, y, bulge), end in zip(vertices, following, strict=False):
        if bulge:
            points.extend(_bulge_points((x, y), end[:2], bulge))
        points.append(end[:2])
    return points


def _bulge_points(start: Point, end: Point, bulge: float) -> Iterator[Point]:
    angle, chord = 4 * math.atan(bulge), math.dist(start, end)
    if not chord:
        return
    radius = chord / (2 * math.sin(angle / 2))
    toward = math.atan2(end[1] - start[1], end[0] - start[0]) + math.pi / 2 - angle / 2
    centre = (start[0] + radius * math.cos(toward), start[1] + radius * math.sin(toward))
    first = math.atan2(start[1] - centre[1], start[0] - centre[0])
    yield from list(_arc_points(centre, abs(radius), first, angle))[1:-1]


def _arc_points(centre: Point, radius: float, start: float, sweep: float) -> Iterator[Point]:
    if radius <= 0:
        return
    steps = max(2, math.ceil(abs(sweep) / _CHORD))
    for step in range(steps + 1):
        angle = start + sweep * step / steps
        yield centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


def _layer(entity: Entity) -> str:
    return entity.text(8, "0")


def _colour(index: int) -> str:
    return _COLOURS.get(index, _INK)


def _safe(entity: Entity, code: int, default: float) -> float:
    try:
        return entity.number(code, default)
    except ValueError:
        return default
