# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The measures of the last downloads are kept, and a file that was written over costs only them."""

from pathlib import Path

import pytest

from connection_client.storage.measures import MeasureFile
from connection_client.storage.update_locks import lock_beside
from connection_client.updates.pace import Measure, MeasuredPace


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "measures.json"


def opened(file: Path) -> MeasureFile:
    return MeasureFile(file, lock_beside(file))


def test_the_last_five_outlive_the_program(file: Path) -> None:
    for number in range(1, 8):
        opened(file).add(Measure(number * 1_000_000, 2.0))
    assert [measure.count // 1_000_000 for measure in opened(file).read()] == [7, 6, 5, 4, 3]
    assert MeasuredPace(opened(file)).bytes_per_second == 2_500_000


@pytest.mark.parametrize(
    "content",
    ["", "{", "7", '[["a", 1], [1], [0, 3], [5, 0], [5, -1], null]', "[[5, NaN], [5, Infinity], [true]]"],
)
def test_what_cannot_be_read_counts_as_nothing_measured(file: Path, content: str) -> None:
    file.write_text(content)
    assert opened(file).read() == ()
    opened(file).add(Measure(3_000_000, 1.5))
    assert opened(file).read() == (Measure(3_000_000, 1.5),)
