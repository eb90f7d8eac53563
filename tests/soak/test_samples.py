# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Growth is told from the noise of a day."""

import pytest

from tests.soak.samples import Sample, complaints


def day(memory: float = 0.0, files: float = 0.0, threads: float = 0.0) -> list[Sample]:
    """A day of 160 samples; each value grows by so much from morning to evening."""
    return [
        Sample(
            60 + number % 3 / 10 + memory * number / 160,
            30 + int(files * number / 160),
            12 + int(threads * number / 160),
            number * 7,
        )
        for number in range(160)
    ]


def test_noise_is_no_growth() -> None:
    assert complaints(day()) == []


@pytest.mark.parametrize(
    ("grown", "said"),
    [
        (day(memory=4), "memory grew by"),
        (day(files=5), "open files went from"),
        (day(threads=3), "threads went from"),
    ],
)
def test_growth_is_told(grown: list[Sample], said: str) -> None:
    (complaint,) = complaints(grown)
    assert complaint.startswith(said)


def test_the_beginning_may_still_grow() -> None:
    warming_up = [Sample(40 + number, 20 + number, 5, 0) for number in range(10)]
    assert complaints(warming_up + day()) == []
