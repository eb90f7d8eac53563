# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A real process that is started for a call, lingers, and ends when nobody needs it."""

import os
import signal
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from connection_client.domain.key_store_errors import KeyStoreLocked
from connection_client.rpc.channel import OtherSideGone
from connection_client.rpc.process import Process, Remote

PROGRAM = """
    import os, sys, time
    from connection_client.rpc.channel import Channel

    class Served:
        def pid(self):
            return os.getpid()

        def sleep(self, seconds):
            time.sleep(seconds)
            return os.getpid()

        def ask(self):
            return channel.call("here", "pid", (), {})

        def die(self):
            os._exit(1)

    channel = Channel(os.fdopen(0, "rb"), os.fdopen(1, "wb"), {"served": Served()})
    channel.serve()
"""


class Here:
    def pid(self) -> int:
        return os.getpid()


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    program = tmp_path / "program.py"
    program.write_text(textwrap.dedent(PROGRAM))
    one = Process([sys.executable, str(program)], {"here": Here()}, linger=0.3)
    yield one
    one.close()
    eventually(lambda: not any(runs(child, program) for child in psutil.Process().children()))


def runs(child: psutil.Process, program: Path) -> bool:
    try:
        return str(program) in child.cmdline()
    except psutil.Error:  # it ended meanwhile
        return False


def eventually(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


def alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def pid_of(process: Process) -> int:
    pid = process.call("served", "pid", (), {})
    assert isinstance(pid, int)
    return pid


def test_nothing_runs_before_the_first_call_and_the_same_one_serves_the_next(process: Process) -> None:
    assert psutil.Process().children() == [] or pid_of(process)
    first = pid_of(process)
    assert first != os.getpid()
    assert pid_of(process) == first


def test_it_ends_when_nobody_needs_it_and_comes_back_when_somebody_does(process: Process) -> None:
    first = pid_of(process)
    eventually(lambda: not alive(first))
    second = pid_of(process)
    assert second != first


def test_a_long_call_keeps_it(process: Process) -> None:
    assert process.call("served", "sleep", (1.2,), {}) == pid_of(process)


def test_who_awaits_something_has_it_ready_until_then(process: Process) -> None:
    process.awaited(wanted=True)
    first = pid_of(process)
    time.sleep(1.0)
    assert pid_of(process) == first
    process.awaited(wanted=False)
    eventually(lambda: not alive(first))


def test_it_calls_back(process: Process) -> None:
    assert process.call("served", "ask", (), {}) == os.getpid()


def test_one_that_ends_in_the_middle_is_told_in_the_words_of_whom_it_stands_for(process: Process) -> None:
    with pytest.raises(OtherSideGone):
        process.call("served", "die", (), {})
    with pytest.raises(KeyStoreLocked):
        Remote(process, "served", KeyStoreLocked).die()
    assert alive(pid_of(process))  # the next call has a new one


def test_one_that_was_killed_while_idle_is_replaced(process: Process) -> None:
    process.awaited(wanted=True)
    first = pid_of(process)
    os.kill(first, signal.SIGKILL)
    eventually(lambda: not alive(first))
    assert pid_of(process) != first
    process.awaited(wanted=False)


def test_a_program_that_is_not_there_counts_as_gone(tmp_path: Path) -> None:
    with pytest.raises(OtherSideGone):
        Process([str(tmp_path / "missing")], {}).call("served", "pid", (), {})


def test_nobody_is_started_to_be_told_that_nobody_waits(process: Process) -> None:
    process.awaited(wanted=False)
    assert not process._child  # none was made
