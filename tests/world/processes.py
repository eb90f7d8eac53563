# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Programs of the test world: started in a session of their own, ended with all that they started."""

import contextlib
import os
import select
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import psutil

T = TypeVar("T")
Start = Callable[[Sequence[str], Mapping[str, str]], "subprocess.Popen[bytes]"]
END_SECONDS = 5.0
ANNOUNCE_SECONDS = 45.0


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
    members = family(process.pid)
    for number in (signal.SIGTERM, signal.SIGKILL):
        for member in members:
            with contextlib.suppress(psutil.NoSuchProcess):
                member.send_signal(number)
        _, members = psutil.wait_procs(members, timeout=END_SECONDS)
        if not members:
            break
    process.wait()


def family(pid: int) -> list[psutil.Process]:
    """A program that `start` started, what descends from it, and what stayed in its session."""
    try:
        leader = psutil.Process(pid)
        members = [leader, *leader.children(recursive=True)]
    except psutil.NoSuchProcess:
        members = []
    known = {member.pid for member in members}
    for other in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if other.pid not in known and os.getsid(other.pid) == pid:
                members.append(other)
    return members


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
def starting(folder: Path) -> Iterator[Start]:
    """Each call of what is given starts a program that ends with the block; its log goes to `folder`."""
    started: list[subprocess.Popen[bytes]] = []

    def start_one(arguments: Sequence[str], environment: Mapping[str, str]) -> "subprocess.Popen[bytes]":
        started.append(start(arguments, environment, folder / f"program-{len(started)}.log"))
        return started[-1]

    try:
        yield start_one
    finally:
        for process in started:
            end(process)


@contextlib.contextmanager
def announcing(
    arguments: Sequence[str], environment: Mapping[str, str], log: Path
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A program that writes one line to a pipe once it is ready; `{fd}` in its arguments names the pipe.

    One that says nothing for ANNOUNCE_SECONDS is started once more, for a machine may stall; what it was
    doing then stands in `log`.
    """
    with once_more(partial(_announced, arguments, environment, log)) as (process, line):
        if not line:
            raise RuntimeError(f"{arguments[0]} did not start: {log.read_text(errors='replace')[-4000:]}")
        yield process, line


@contextlib.contextmanager
def once_more(
    attempt: Callable[[], tuple[subprocess.Popen[bytes], T | None]],
) -> Iterator[tuple[subprocess.Popen[bytes], T | None]]:
    """What an attempt started; one that gives None hangs, and is made once more, for a machine may stall."""
    process, answer = attempt()
    if answer is None:
        end(process)
        process, answer = attempt()
    try:
        yield process, answer
    finally:
        end(process)


def _announced(
    arguments: Sequence[str], environment: Mapping[str, str], log: Path
) -> tuple[subprocess.Popen[bytes], str | None]:
    """The program and its line: empty where it ended without one, None where it is still silent."""
    reader, writer = os.pipe()
    process = start([part.format(fd=writer) for part in arguments], environment, log, pass_fds=[writer])
    os.close(writer)
    with os.fdopen(reader) as pipe:
        waiting = select.poll()
        waiting.register(reader, select.POLLIN | select.POLLHUP)
        if waiting.poll(ANNOUNCE_SECONDS * 1000):
            return process, pipe.readline().strip()
    with log.open("a") as sink:
        sink.write(
            f"Silent for {ANNOUNCE_SECONDS} s on {writer}, read from {reader}\n{_state_of(process.pid)}\n"
        )
    return process, None


def _state_of(pid: int) -> str:
    """What the kernel says of a program that hangs: its state, what it waits for, its open files."""
    parts = []
    for name in ("status", "wchan", "stack"):
        with contextlib.suppress(OSError):
            parts.append(f"{name}: {Path(f'/proc/{pid}/{name}').read_text()}")
    with contextlib.suppress(OSError):
        parts += [f"{entry.name} -> {entry.readlink()}" for entry in Path(f"/proc/{pid}/fd").iterdir()]
    return "\n".join(parts)
