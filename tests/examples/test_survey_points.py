# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""CSV files of survey points, good and bad."""

from pathlib import Path

import pytest

from examples.common.files import FileNotReadable
from examples.survey_viewer.__main__ import ABOUT
from examples.survey_viewer.points import Point, read_survey


def survey(folder: Path, text: str | bytes) -> Path:
    file = folder / "survey.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def test_the_sample_is_whole() -> None:
    sample = read_survey(ABOUT.sample)
    assert len(sample.points) > 100
    assert sample.problems == ()
    assert {"QUAY", "BUILDING", "TREE"} <= {point.code for point in sample.points}


@pytest.mark.parametrize(
    "text",
    [
        "point,easting,northing,elevation,code\n7,100.5,200.25,3.1,quay\n",
        "Point;Easting;Northing;Elevation;Code\r\n7;100,5;200,25;3,1;QUAY\r\n",
        "code\tz\ty\tx\tid\nquay\t3.1\t200.25\t100.5\t7\n",
        "7,100.5,200.25,3.1,QUAY\n",
        "\ufeffpt,e,n,h,feature\n# a remark\n\n7 , 100.5 , 200.25 , 3.1 , Quay\n",
    ],
)
def test_usual_forms_are_understood(tmp_path: Path, text: str) -> None:
    assert read_survey(survey(tmp_path, text)).points == (Point("7", 100.5, 200.25, 3.1, "QUAY"),)


def test_height_and_code_may_be_missing(tmp_path: Path) -> None:
    assert read_survey(survey(tmp_path, "7,100,200\n")).points == (Point("7", 100, 200),)


def test_a_bad_line_loses_only_itself(tmp_path: Path) -> None:
    text = "point,easting,northing\n1,1,1\n2,east,2\n3,3\n4,nan,4\n5,5,5\n"
    read = read_survey(survey(tmp_path, text))
    assert [point.name for point in read.points] == ["1", "5"]
    assert read.problems == (
        "line 3: the easting “east” is not a number",
        "line 4: it has too few columns",
        "line 5: the easting is not a finite number",
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "holds no survey points"),
        ("point,easting,northing\n", "holds no survey points"),
        ("a shopping list\nmilk\n", "holds no survey points"),
        (b"\x00\x01\x02", "is not a text file"),
    ],
)
def test_a_file_without_points_is_said(tmp_path: Path, content: str | bytes, why: str) -> None:
    with pytest.raises(FileNotReadable, match=why):
        read_survey(survey(tmp_path, content))


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotReadable, match="No such file"):
        read_survey(tmp_path / "missing.csv")
    with pytest.raises(FileNotReadable, match="Is a directory"):
        read_survey(tmp_path)


def test_old_encodings_are_read(tmp_path: Path) -> None:
    assert (
        read_survey(survey(tmp_path, "Höhe,1,2,3,BÖSCHUNG\n".encode("latin-1"))).points[0].code == "BÖSCHUNG"
    )
