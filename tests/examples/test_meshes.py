# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""STL files, text and binary, good and bad; and what is computed from them."""

import math
import struct
from pathlib import Path

import pytest

from examples.common.files import FileNotReadable
from examples.mesh_viewer.__main__ import ABOUT
from examples.mesh_viewer.measure import measure
from examples.mesh_viewer.shading import Pose, Scene, normal_of, shade
from examples.mesh_viewer.stl import MOST_TRIANGLES, Mesh, Triangle, read_mesh

# A box of 2 by 3 by 4, its faces turned outwards.
_CORNERS = [(x, y, z) for x in (0.0, 2.0) for y in (0.0, 3.0) for z in (0.0, 4.0)]
_FACES = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
BOX: tuple[Triangle, ...] = tuple(
    (_CORNERS[face[0]], _CORNERS[face[i]], _CORNERS[face[i + 1]]) for face in _FACES for i in (1, 2)
)


def as_text(triangles: tuple[Triangle, ...]) -> bytes:
    lines = ["solid box"]
    for triangle in triangles:
        lines += [" facet normal 0 0 0", "  outer loop"]
        lines += [f"   vertex {x:e} {y} {z}" for x, y, z in triangle]
        lines += ["  endloop", " endfacet"]
    return "\n".join([*lines, "endsolid box", ""]).encode()


def as_binary(triangles: tuple[Triangle, ...], header: bytes = b"box") -> bytes:
    facets = [struct.pack("<12fH", 0, 0, 0, *(part for v in t for part in v), 0) for t in triangles]
    return header.ljust(80) + struct.pack("<I", len(triangles)) + b"".join(facets)


def stl(folder: Path, content: bytes) -> Path:
    file = folder / "box.stl"
    file.write_bytes(content)
    return file


@pytest.mark.parametrize(
    "content", [as_text(BOX), as_text(BOX).upper(), as_binary(BOX), as_binary(BOX, b"solid lie")]
)
def test_both_forms_are_read(tmp_path: Path, content: bytes) -> None:
    assert read_mesh(stl(tmp_path, content)).triangles == BOX


def test_the_sample_is_a_closed_solid() -> None:
    mesh = read_mesh(ABOUT.sample)
    assert len(mesh.triangles) == 1896
    lower, upper = mesh.corners
    assert upper[0] - lower[0] == pytest.approx(124, abs=0.5)
    flange = math.pi * (62**2 - 18**2) * 14
    assert flange < measure(mesh).volume < 3 * flange


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not an STL file"),
        (b"solid nothing\nendsolid\n", "holds no triangles"),
        (as_binary(()), "holds no triangles"),
        (as_binary(BOX)[:-1], "a part of it is missing"),
        (as_binary(BOX) + b"x", "a part of it is missing"),
        (as_text(BOX[:1]).replace(b"0.0", b"zero"), "not made of numbers"),
        (as_text(BOX[:1]).replace(b"4.0", b"inf"), "not made of numbers"),
        (b"solid x\nvertex 1 2 3\nvertex 1 2 3\n", "ends in the middle"),
        (b"\xff" * 200, "not an STL file"),
    ],
)
def test_a_bad_file_is_said(tmp_path: Path, content: bytes, why: str) -> None:
    with pytest.raises(FileNotReadable, match=why):
        read_mesh(stl(tmp_path, content))


def test_a_mesh_that_is_too_large_is_said_before_it_is_read(tmp_path: Path) -> None:
    content = bytes(80) + struct.pack("<I", MOST_TRIANGLES + 1) + bytes(50 * (MOST_TRIANGLES + 1))
    with pytest.raises(FileNotReadable, match="up to 200,000 can be shown"):
        read_mesh(stl(tmp_path, content))


def test_a_solid_is_measured() -> None:
    measures = measure(Mesh(BOX))
    assert measures.extents == pytest.approx((2, 3, 4))
    assert measures.surface == pytest.approx(52)
    assert measures.volume == pytest.approx(24)
    assert measures.lines()[0] == "Extents   2.0 by 3.0 by 4.0"


def test_what_faces_away_is_not_drawn_and_near_ones_come_last() -> None:
    polygons = Scene(Mesh(BOX)).draw(Pose(turn=0.5, tilt=-1.0), 400, 300)
    assert len(polygons) == 6  # three faces of a box are seen
    xs = [x for polygon in polygons for x in polygon.points[::2]]
    assert min(xs) > 0
    assert max(xs) < 400


def test_triangles_without_area_are_left_out() -> None:
    assert normal_of(((0, 0, 0), (1, 1, 1), (2, 2, 2))) is None
    assert normal_of(((0, 0, 0), (1, 0, 0), (0, 1, 0))) == (0, 0, 1)
    scene = Scene(Mesh((((0, 0, 0), (0, 0, 0), (0, 0, 0)),)))
    assert scene.draw(Pose(), 100, 100) == []


def test_more_light_is_brighter() -> None:
    dark, bright = (int(shade(light)[3:5], 16) for light in (0.0, 1.0))
    assert dark < bright
    assert shade(2.0) == shade(1.0)
