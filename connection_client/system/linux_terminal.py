# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Lets polkit ask for a password in the terminal that the client was started from, as over SSH."""

import os
import select
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_TERMINAL = Path("/dev/tty")
_READY_SECONDS = 5.0


@contextmanager
def asking_in_terminal() -> Iterator[bool]:
    """While the block runs, polkit's own agent asks here for this process; whether it does.

    Not where this process has no terminal, or is not in its foreground and so may not read it.
    """
    program = shutil.which("pkttyagent")
    if program is None or not _is_in_front():
        yield False
        return
    agent = _agent(program)
    try:
        yield True
    finally:
        # However it ends, it gives the terminal back as it was.
        agent.terminate()
        agent.wait()


def _is_in_front() -> bool:
    with suppress(OSError), _TERMINAL.open("rb", buffering=0) as terminal:
        return os.tcgetpgrp(terminal.fileno()) == os.getpgrp()
    return False


def _agent(program: str) -> "subprocess.Popen[bytes]":
    """It closes the pipe when polkit knows of it (pkttyagent(1), --notify-fd)."""
    reader, writer = os.pipe()
    try:
        agent = subprocess.Popen(
            [program, "--process", str(os.getpid()), "--notify-fd", str(writer)],
            stdin=subprocess.DEVNULL,
            pass_fds=(writer,),
        )
    finally:
        os.close(writer)
    with os.fdopen(reader, "rb"):
        select.select([reader], [], [], _READY_SECONDS)
    return agent
