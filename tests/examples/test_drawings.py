# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""DXF files, good and bad."""

import math
from pathlib import Path

import pytest

from examples.common.files import FileNotReadable
from examples.drawing_viewer.__main__ import ABOUT
from examples.drawing_viewer.dxf import Drawing, read_drawing


def dxf(folder: Path, entities: str, layers: str = "") -> Path:
    """A file around entities that are written as `CODE=value` words, one entity a line."""
    lines = ["0", "SECTION", "2", "TABLES", *_groups(layers), "0", "ENDSEC"]
    lines += ["0", "SECTION", "2", "ENTITIES", *_groups(entities), "0", "ENDSEC", "0", "EOF"]
    file = folder / "drawing.dxf"
    file.write_text("\n".join(lines) + "\n")
    return file


def _groups(text: str) -> list[str]:
    return [part for word in text.split() for part in word.split("=")]


def read(folder: Path, entities: str, layers: str = "") -> Drawing:
    return read_drawing(dxf(folder, entities, layers))


def test_the_sample_is_whole() -> None:
    drawing = read_drawing(ABOUT.sample)
    assert drawing.layers == ("AXES", "DIMENSIONS", "DOORS", "MACHINES", "PIPES", "TEXT", "WALLS")
    assert drawing.left_out == 0
    assert "Lathe 1" in {text.content for text in drawing.texts}


def test_a_line_with_its_layer_and_colour(tmp_path: Path) -> None:
    drawing = read(tmp_path, "0=LINE 8=WALLS 10=1 20=2 11=3 21=4", "0=LAYER 2=WALLS 62=1")
    (line,) = drawing.paths
    assert (line.layer, line.points) == ("WALLS", ((1, 2), (3, 4)))
    assert line.colour == "#C22B2B"


def test_an_entitys_own_colour_wins(tmp_path: Path) -> None:
    drawing = read(tmp_path, "0=LINE 8=W 62=3 10=0 20=0 11=1 21=1", "0=LAYER 2=W 62=1")
    assert drawing.paths[0].colour == "#2E7D32"


def test_a_circle_is_closed_and_round(tmp_path: Path) -> None:
    (circle,) = read(tmp_path, "0=CIRCLE 10=5 20=5 40=2").paths
    assert math.dist(circle.points[0], circle.points[-1]) < 1e-9
    assert all(math.isclose(math.dist(point, (5, 5)), 2) for point in circle.points)


@pytest.mark.parametrize(("start", "end", "middle"), [(0, 90, (1, 1)), (270, 90, (1, 0)), (350, 10, (1, 0))])
def test_an_arc_runs_counter_clockwise(
    tmp_path: Path, start: int, end: int, middle: tuple[float, float]
) -> None:
    (arc,) = read(tmp_path, f"0=ARC 10=0 20=0 40=1 50={start} 51={end}").paths
    half = arc.points[len(arc.points) // 2]
    assert math.dist(half, (middle[0] / math.hypot(*middle), middle[1] / math.hypot(*middle))) < 0.1
    assert arc.points[0] == pytest.approx((math.cos(math.radians(start)), math.sin(math.radians(start))))


@pytest.mark.parametrize("closed", [0, 1])
def test_old_and_new_polylines_are_the_same(tmp_path: Path, closed: int) -> None:
    old = (
        f"0=POLYLINE 66=1 70={closed} 0=VERTEX 10=0 20=0 0=VERTEX 10=4 20=0 42=1 0=VERTEX 10=4 20=2 0=SEQEND"
    )
    new = f"0=LWPOLYLINE 90=3 70={closed} 10=0 20=0 10=4 20=0 42=1 10=4 20=2"
    first, second = (read(tmp_path, text).paths[0].points for text in (old, new))
    assert first == second
    assert (first[0] == first[-1]) == bool(closed)
    assert max(x for x, _ in first) == pytest.approx(5)  # the bulge of 1 is a half circle of radius 1


def test_a_text_keeps_its_place_height_and_angle(tmp_path: Path) -> None:
    (text,) = read(tmp_path, "0=TEXT 10=1 20=2 40=0.5 50=90 1=Store").texts
    assert (text.at, text.height, text.angle, text.content) == ((1, 2), 0.5, 90, "Store")


def test_a_bad_or_unknown_entity_loses_only_itself(tmp_path: Path) -> None:
    bad = (
        "0=LINE 10=one 20=2 11=3 21=4 0=HATCH 10=1 0=CIRCLE 10=0 20=0 40=0 0=LWPOLYLINE 10=1 20=1 "
        "0=LINE 10=nan 20=0 11=1 21=1 0=POLYLINE 70=0 0=SEQEND 0=SEQEND "
    )
    drawing = read(tmp_path, bad + "0=LINE 10=0 20=0 11=1 21=1")
    assert len(drawing.paths) == 1
    assert drawing.left_out == 6


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "ends too early"),
        (b"hello\nworld\n", "line 1 is no group code"),
        (b"0\nSECTION\n2\nENTITIES\n0\nLINE\n", "ends too early"),
        (b"0\nSECTION\n2\nENTITIES\n0\nENDSEC\n0\nEOF\n", "holds nothing that can be shown"),
        (b"AutoCAD Binary DXF\r\n\x1a\x00", "Save it as text"),
        (b"0\nSEC\x00TION\n", "is not a text file"),
    ],
)
def test_a_bad_file_is_said(tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "bad.dxf"
    file.write_bytes(content)
    with pytest.raises(FileNotReadable, match=why):
        read_drawing(file)
