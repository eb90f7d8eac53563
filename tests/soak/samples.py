# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a client holds at a moment, and what grew between the beginning and the end of a day."""

import statistics
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import psutil

MOST_GROWTH = 2.0  # MiB
MOST_CHILDREN = 1  # the second process, which comes and goes
WORK_SAMPLES = 12  # after so many, everything was done at least once
MOST_MORE_SWITCHES = 1.5  # times as many in the evening as in the morning


@dataclass(frozen=True)
class Sample:
    """Memory that no file stands behind (MiB), open files, threads, context switches so far.

    Pages of files are shared: they are another process's too, or are not, whatever this one does.
    """

    memory: float
    files: int
    threads: int
    switches: int


@dataclass(frozen=True)
class Moment:
    """The process in the tray, and those that it has started of its own program."""

    tray: Sample
    children: tuple[Sample, ...] = ()


def moment(process: psutil.Process) -> Moment:
    """Read it from the kernel; a child that has just ended is none."""
    children = []
    for child in process.children(recursive=True):
        with suppress(psutil.Error, OSError):
            if child.status() != psutil.STATUS_ZOMBIE:
                children.append(sample(child))
    return Moment(sample(process), tuple(children))


def sample(process: psutil.Process) -> Sample:
    """One process."""
    switched = 0
    for status in Path(f"/proc/{process.pid}/task").glob("*/status"):
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread that has just ended
            lines = status.read_text().splitlines()
            switched += sum(int(line.split()[-1]) for line in lines if "ctxt_switches" in line)
    rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()
    anonymous = sum(int(line.split()[1]) for line in rollup if line.startswith("Anonymous:"))  # KiB
    return Sample(anonymous / 1024, process.num_fds(), process.num_threads(), switched)


def complaints(moments: Sequence[Moment]) -> list[str]:
    """Sentences about what grew: medians of the last quarter beside those of the second eighth to quarter."""
    trays = [each.tray for each in moments]
    children = [child for each in moments for child in each.children]
    wrong = [f"the tray's {complaint}" for complaint in _grown(trays)]
    wrong += [f"the second process's {complaint}" for complaint in _grown(children)]
    wrong += _woken(trays)
    most = max((len(each.children) for each in moments), default=0)
    if most > MOST_CHILDREN:
        wrong.append(f"{most} children ran at once")
    return wrong


def _grown(samples: Sequence[Sample]) -> list[str]:
    if not samples:
        return []
    early, late = _early_and_late(samples)
    wrong = []
    grown = _median(late, lambda each: each.memory) - _median(early, lambda each: each.memory)
    if grown > MOST_GROWTH:
        wrong.append(f"memory grew by {grown:.1f} MiB")
    counts: tuple[tuple[str, Callable[[Sample], float]], ...] = (
        ("open files", lambda each: each.files),
        ("threads", lambda each: each.threads),
    )
    for name, what in counts:
        before, after = _median(early, what), _median(late, what)
        if after > before:
            wrong.append(f"{name} went from {before:g} to {after:g}")
    return wrong


def _woken(samples: Sequence[Sample]) -> list[str]:
    """The same work wakes it as often in the evening as in the morning."""
    between = [after.switches - before.switches for before, after in pairwise(samples)]
    eighth = len(between) // 8
    if eighth < WORK_SAMPLES:
        return []  # too short: not all of the work was done in each part
    before, after = statistics.mean(between[eighth : 2 * eighth]), statistics.mean(between[-2 * eighth :])
    if after > before * MOST_MORE_SWITCHES:
        return [f"the tray's context switches between two samples went from {before:.0f} to {after:.0f}"]
    return []


def _early_and_late(samples: Sequence[Sample]) -> tuple[Sequence[Sample], Sequence[Sample]]:
    eighth = max(1, len(samples) // 8)
    return samples[eighth : 2 * eighth] or samples[:1], samples[-2 * eighth :]


def _median(of: Sequence[Sample], what: Callable[[Sample], float]) -> float:
    return statistics.median(what(each) for each in of)
