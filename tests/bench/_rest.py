# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a program costs while it does nothing: summed over it and everything that it has started."""

import contextlib
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import psutil

from tests.world.processes import family

LOOK_SECONDS = 1.0
Switches = dict[tuple[int, str], int]  # of each thread, since it began


@dataclass(frozen=True)
class Rest:
    """Memory as proportional set size in MB, on average; context switches a minute."""

    memory: float
    switches: float


def at_rest(pid: int, seconds: float) -> Rest:
    """Watch a program and its descendants for so long.

    It is looked at once a second, so that a process or thread that comes and goes counts for as long as it is
    there, and loses at most its last second. Looking wakes nobody: the kernel answers. Raise
    ProcessLookupError where nobody is left.
    """
    before, began, switched = switches(_pids(pid)), time.monotonic(), 0
    sizes = []
    while (left := began + seconds - time.monotonic()) > 0:
        time.sleep(min(LOOK_SECONDS, left))
        if not (pids := _pids(pid)):
            raise ProcessLookupError(f"the program has ended by itself, {left:.0f} s before it should")
        now = switches(pids)
        switched += sum(count - before.get(thread, 0) for thread, count in now.items())
        before = now
        sizes.append(memory(pids))
    return Rest(mean(sizes), switched * 60 / (time.monotonic() - began))


def memory(pids: Iterable[int]) -> float:
    """Proportional set size in MB: what is shared counts by its share."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):  # it has just ended
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def switches(pids: Iterable[int]) -> Switches:
    """Context switches so far, of their own will and not."""
    found: Switches = {}
    for pid in pids:
        for status in Path(f"/proc/{pid}/task").glob("*/status"):
            with contextlib.suppress(OSError):
                lines = status.read_text(encoding="utf-8").splitlines()
                counted = (int(line.split()[1]) for line in lines if "ctxt_switches" in line)
                found[pid, status.parent.name] = sum(counted)
    return found


def _pids(pid: int) -> list[int]:
    found = []
    for member in family(pid):
        with contextlib.suppress(psutil.NoSuchProcess):
            if member.status() != psutil.STATUS_ZOMBIE:
                found.append(member.pid)
    return found
