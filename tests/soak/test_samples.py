# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Growth is told from the noise of a day, and what runs is looked at with all that it started."""

import subprocess
import sys

import psutil
import pytest

from tests.soak.samples import Moment, Sample, complaints, moment
from tests.world.processes import end

PARENT = "import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
CHILD = "print('up', flush=True); import time; time.sleep(60)"


def samples(
    memory: float = 0.0, files: float = 0.0, threads: float = 0.0, more_switches: float = 0.0
) -> list[Sample]:
    """A day of 160 samples; each value grows by so much from morning to evening."""
    switches, day = 0.0, []
    for number in range(160):
        switches += 7 + more_switches * number / 160
        day.append(
            Sample(
                60 + number % 3 / 10 + memory * number / 160,
                30 + int(files * number / 160),
                12 + int(threads * number / 160),
                int(switches),
            )
        )
    return day


def day(tray: list[Sample], child: list[Sample] | None = None) -> list[Moment]:
    """The second process is there at every third moment."""
    return [
        Moment(one, (child[number],) if child and number % 3 == 0 else ()) for number, one in enumerate(tray)
    ]


def test_noise_is_no_growth() -> None:
    assert complaints(day(samples(), samples())) == []


@pytest.mark.parametrize(
    ("grown", "said"),
    [
        (day(samples(memory=4)), "the tray's memory grew by"),
        (day(samples(files=5)), "the tray's open files went from"),
        (day(samples(threads=3)), "the tray's threads went from"),
        (day(samples(more_switches=10)), "the tray's context switches between two samples went from"),
        (day(samples(), samples(memory=4)), "the second process's memory grew by"),
        (day(samples(), samples(files=5)), "the second process's open files went from"),
        ([Moment(one, (one, one)) for one in samples()], "2 children ran at once"),
    ],
)
def test_growth_is_told(grown: list[Moment], said: str) -> None:
    (complaint,) = complaints(grown)
    assert complaint.startswith(said)


def test_the_beginning_may_still_grow() -> None:
    warming_up = [Sample(40 + number, 20 + number, 5, 0) for number in range(10)]
    assert complaints(day(warming_up + samples())) == []


def test_a_child_is_sampled_as_well() -> None:
    command = [sys.executable, "-c", PARENT.format(child=CHILD)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"up\n"
            seen = moment(psutil.Process(process.pid))
        finally:
            end(process)
    assert len(seen.children) == 1
    assert all(one.memory > 1 and one.files and one.threads for one in (seen.tray, *seen.children))
