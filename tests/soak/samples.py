# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a process holds at a moment, and what grew between the beginning and the end of a day."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

MOST_GROWTH = 2.0  # MiB


@dataclass(frozen=True)
class Sample:
    """Memory that no file stands behind (MiB), open files, threads, context switches so far.

    Pages of files are shared: they are another process's too, or are not, whatever this one does.
    """

    memory: float
    files: int
    threads: int
    switches: int


def sample(process: psutil.Process) -> Sample:
    """Read it from the kernel."""
    switched = 0
    for status in Path(f"/proc/{process.pid}/task").glob("*/status"):
        lines = status.read_text().splitlines()
        switched += sum(int(line.split()[-1]) for line in lines if "ctxt_switches" in line)
    rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()
    anonymous = sum(int(line.split()[1]) for line in rollup if line.startswith("Anonymous:"))  # KiB
    return Sample(anonymous / 1024, process.num_fds(), process.num_threads(), switched)


def complaints(samples: Sequence[Sample]) -> list[str]:
    """Sentences about what grew: medians of the last quarter beside those of the second eighth to quarter."""
    eighth = max(1, len(samples) // 8)
    early, late = samples[eighth : 2 * eighth] or samples[:1], samples[-2 * eighth :]

    def median(of: Sequence[Sample], what: Callable[[Sample], float]) -> float:
        return statistics.median(what(each) for each in of)

    wrong = []
    grown = median(late, lambda each: each.memory) - median(early, lambda each: each.memory)
    if grown > MOST_GROWTH:
        wrong.append(f"memory grew by {grown:.1f} MiB")
    for name, what in (("open files", _files), ("threads", _threads)):
        before, after = median(early, what), median(late, what)
        if after > before:
            wrong.append(f"{name} went from {before:g} to {after:g}")
    return wrong


def _files(one: Sample) -> float:
    return one.files


def _threads(one: Sample) -> float:
    return one.threads
