# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Campaigns against a broker in a process of its own: crowds, garbage, and death in the middle of a call."""

import json
import random
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from connection_client import sdk
from tests.world.broker import Caller, Desk, running_broker
from tests.world.waiting import wait_until

ROOT = Path(__file__).parents[2]
MANY = 10_000
SERVER = """\
import sys, threading
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from tests.world.broker import Desk, running_broker
desk = Desk()
desk.hanging = threading.Event() if sys.argv[3] == "hanging" else None
with running_broker(Path(sys.argv[2]), desk):
    print("ready", flush=True)
    sys.stdin.read()
"""


@contextmanager
def separate_broker(folder: Path, kind: str = "answering") -> Iterator["subprocess.Popen[bytes]"]:
    """A broker in another process, as it is on a person's computer."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(ROOT), str(folder), kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def many_files() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MANY + 2000
    if hard != resource.RLIM_INFINITY and hard < wanted:
        pytest.skip("this account may not open so many files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("many_files")
def test_ten_thousand_connections_are_bounded_and_leave_it_serving(folder: Path) -> None:
    with separate_broker(folder) as process, ExitStack() as held:
        server, path = psutil.Process(process.pid), folder / "broker.sock"
        with Caller(path) as caller:
            caller.ask("hello")
        before = server.memory_info().rss
        waiting = 0
        for _ in range(MANY):
            connection = held.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
            connection.settimeout(5)
            try:
                connection.connect(str(path))
            except (BlockingIOError, TimeoutError):
                waiting += 1
        assert waiting < MANY
        assert server.num_fds() < 2600  # two thousand callers, and those that are being turned away
        assert server.memory_info().rss - before < 100 * 1024 * 1024
        held.close()
        wait_until(lambda: server.num_fds() < 60, 30, "connections were left behind")
        with Caller(path) as caller:
            assert "result" in caller.ask("entitlement", product="survey-viewer")


def garbage(number: random.Random) -> bytes:
    """A line that resembles a request more or less."""
    request = {
        "jsonrpc": number.choice(["2.0", 2, None, "1.0"]),
        "id": number.choice([1, "x", None, 1.5, [], {}]),
        "method": number.choice(["hello", "status", "entitlement", "token", "subscribe", "signIn", "", 7]),
        "params": number.choice(
            [{}, [], {"product": "p"}, {"product": 7}, {"level": -1, "product": "p"}, {"protocol": 9}, "x"]
        ),
    }
    line = bytearray(json.dumps(request).encode())
    for _ in range(number.choice([0, 0, 1, 5, 40])):
        line[number.randrange(len(line))] = number.randrange(256)
    return bytes(line) + number.choice([b"\n", b"\n", b"", b"\n\n", b"\r\n", b"\x00\n"])


def test_garbage_of_all_kinds_changes_nothing(folder: Path) -> None:
    number = random.Random(71)  # noqa: S311  # the same each time
    with separate_broker(folder) as process:
        server, path = psutil.Process(process.pid), folder / "broker.sock"
        with Caller(path) as caller:
            caller.ask("hello")
        before = server.memory_info().rss
        for _ in range(300):
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller_socket:
                caller_socket.connect(str(path))
                with suppress(BrokenPipeError, ConnectionResetError):
                    caller_socket.sendall(b"".join(garbage(number) for _ in range(20)))
        with Caller(path) as caller:
            assert "result" in caller.ask("status")
        assert server.memory_info().rss - before < 30 * 1024 * 1024


def test_a_gigabyte_without_a_line_end_is_not_kept(folder: Path) -> None:
    with separate_broker(folder) as process:
        server, path = psutil.Process(process.pid), folder / "broker.sock"
        with Caller(path) as caller:
            caller.ask("hello")
        before = server.memory_info().rss
        with (
            socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as endless,
            suppress(BrokenPipeError, ConnectionResetError),
        ):
            endless.connect(str(path))
            for _ in range(1024):
                endless.sendall(b"x" * (1 << 20))
            pytest.fail("a gigabyte was taken")
        assert server.memory_info().rss - before < 10 * 1024 * 1024
        with Caller(path) as caller:
            assert "result" in caller.ask("status")


def test_a_client_killed_in_the_middle_of_a_call_is_told_and_comes_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = folder.with_name("connection-client")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(place.parent))
    monkeypatch.setenv("PATH", str(place.parent / "nothing"))
    with separate_broker(place, "hanging") as process, Caller(place / "broker.sock") as caller:
        caller.send(b'{"jsonrpc":"2.0","id":1,"method":"entitlement","params":{"product":"survey-viewer"}}\n')
        with Caller(place / "broker.sock") as other:
            other.ask("status")  # the first call is under way now
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        assert caller.line() is None
    assert (place / "broker.sock").is_socket()  # stale: nobody could take it away
    with pytest.raises(sdk.ClientNotInstalled):
        sdk.require("survey-viewer", timeout=2)
    with running_broker(place, Desk()):
        assert sdk.require("survey-viewer", timeout=5).entitled
    assert list(place.iterdir()) == []
