# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Survey points of a CSV file: number, easting, northing, elevation, code; comma, semicolon or tab."""

import csv
import math
from dataclasses import dataclass
from pathlib import Path

from examples.common.files import FileNotReadable, read_text

_LEAST_COLUMNS = 3
_HEADINGS = {
    "name": {"point", "number", "name", "id", "pt", "nr"},
    "east": {"easting", "east", "e", "x"},
    "north": {"northing", "north", "n", "y"},
    "height": {"elevation", "height", "z", "h"},
    "code": {"code", "description", "type", "feature"},
}
_USUAL_ORDER = ("name", "east", "north", "height", "code")


@dataclass(frozen=True)
class Point:
    """A measured point, in metres."""

    name: str
    east: float
    north: float
    height: float | None = None
    code: str = ""


@dataclass(frozen=True)
class Survey:
    """The points of a file, and what was wrong with the lines that were left out."""

    points: tuple[Point, ...]
    problems: tuple[str, ...] = ()


def read_survey(path: Path) -> Survey:
    """Read a file; a bad line loses only itself. Raises FileNotReadable where no point is left."""
    text = read_text(path)
    rows = list(csv.reader(text.splitlines(), delimiter=_delimiter(text)))
    order = _columns(rows[0]) if rows else {}
    has_heading = bool(order)
    order = order or {part: place for place, part in enumerate(_USUAL_ORDER)}
    points: list[Point] = []
    problems: list[str] = []
    for line, row in enumerate(rows[1:] if has_heading else rows, start=2 if has_heading else 1):
        if not "".join(row).strip() or row[0].lstrip().startswith("#"):
            continue
        try:
            points.append(_point(row, order))
        except ValueError as problem:
            problems.append(f"line {line}: {problem}")
    if not points:
        why = f" ({problems[0]})" if problems else ""
        raise FileNotReadable(f"{path.name} holds no survey points{why}.")
    return Survey(tuple(points), tuple(problems))


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)


def _columns(row: list[str]) -> dict[str, int]:
    """Which column holds what, where the first row names them; empty where it does not."""
    found: dict[str, int] = {}
    for place, heading in enumerate(row):
        for part, names in _HEADINGS.items():
            if heading.strip().lower() in names:
                found.setdefault(part, place)
    return found if {"east", "north"} <= found.keys() else {}


def _point(row: list[str], order: dict[str, int]) -> Point:
    if len(row) < _LEAST_COLUMNS:
        raise ValueError("it has too few columns")
    height = _cell(row, order, "height")
    return Point(
        name=_cell(row, order, "name"),
        east=_number(_cell(row, order, "east"), "easting"),
        north=_number(_cell(row, order, "north"), "northing"),
        height=_number(height, "elevation") if height else None,
        code=_cell(row, order, "code").upper(),
    )


def _cell(row: list[str], order: dict[str, int], part: str) -> str:
    place = order.get(part)
    return row[place].strip() if place is not None and place < len(row) else ""


def _number(text: str, what: str) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        raise ValueError(f"the {what} “{text[:20]}” is not a number") from None
    if not math.isfinite(value):
        raise ValueError(f"the {what} is not a finite number")
    return value
