# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Programs of the test world: started in a session of their own, ended with all that they started."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import psutil

T = TypeVar("T")
END_SECONDS = 5.0


def wait_until(what: Callable[[], T | None], seconds: float, complaint: str) -> T:
    """Ask `what` until it answers something true; raise TimeoutError with `complaint` after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        answer = what()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise TimeoutError(f"{complaint} (waited {seconds:.0f} s)")
        time.sleep(0.03)


def start(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    log: Path,
    *,
    pass_fds: Sequence[int] = (),
    stdin: int = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Start a program whose output goes to `log`."""
    with log.open("ab") as sink:
        return subprocess.Popen(
            list(arguments),
            env=dict(environment),
            stdin=stdin,
            stdout=sink,
            stderr=sink,
            start_new_session=True,
            pass_fds=tuple(pass_fds),
        )


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program and its descendants: asked first, then made to."""
    family = _family(process.pid)
    for number in (signal.SIGTERM, signal.SIGKILL):
        for member in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                member.send_signal(number)
        _, family = psutil.wait_procs(family, timeout=END_SECONDS)
        if not family:
            break
    process.wait()


def _family(pid: int) -> list[psutil.Process]:
    try:
        leader = psutil.Process(pid)
        family = [leader, *leader.children(recursive=True)]
    except psutil.NoSuchProcess:
        family = []
    known = {member.pid for member in family}
    for other in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if other.pid not in known and os.getsid(other.pid) == pid:
                family.append(other)
    return family


@contextlib.contextmanager
def running(
    arguments: Sequence[str], environment: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs as long as the block does."""
    process = start(arguments, environment, log)
    try:
        yield process
    finally:
        end(process)


@contextlib.contextmanager
def announcing(
    arguments: Sequence[str], environment: Mapping[str, str], log: Path
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A program that writes one line to a pipe once it is ready; `{fd}` in its arguments names the pipe."""
    reader, writer = os.pipe()
    process = start([part.format(fd=writer) for part in arguments], environment, log, pass_fds=[writer])
    os.close(writer)
    try:
        with os.fdopen(reader) as pipe:
            line = pipe.readline().strip()
        if not line:
            raise RuntimeError(f"{arguments[0]} did not start; see {log}")
        yield process, line
    finally:
        end(process)
