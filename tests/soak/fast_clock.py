# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""One clock for several programs that runs many times as fast as the real one (libfaketime)."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

_NAMES = ("LD_PRELOAD", "FAKETIME", "FAKETIME_SHARED")
_TOLD = "echo told; exec sleep 1000000"


@contextmanager
def fast_clock(times: float) -> Iterator[dict[str, str]]:
    """The variables that give a program this clock, which begins now, for as long as the block runs."""
    keeper = subprocess.Popen(
        ["faketime", "-f", f"+0 x{times:g}", "sh", "-c", f"env; {_TOLD}"],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert keeper.stdout is not None
        found: dict[str, str] = {}
        for line in keeper.stdout:
            name, _, value = line.rstrip("\n").partition("=")
            if name in _NAMES:
                found[name] = value
            if line == "told\n":
                break
        assert len(found) == len(_NAMES), "faketime gave no clock"
        yield found
    finally:
        os.killpg(keeper.pid, signal.SIGKILL)  # faketime and what it started
        keeper.wait()
        if keeper.stdout is not None:
            keeper.stdout.close()
