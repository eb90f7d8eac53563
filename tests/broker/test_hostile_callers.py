# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Callers that break the rules lose their connection at most; everybody else is served all the same."""

import os
import socket
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connection_client.broker.conversation import Limits
from connection_client.broker.messages import Code, Refused, Request, read_request
from connection_client.broker.peers import CallRate
from connection_client.broker.server import BrokerServer
from tests.world.broker import Caller, Desk, running_broker
from tests.world.waiting import wait_until

NOBODY = 65534


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def assert_still_serving(broker: BrokerServer) -> None:
    with Caller(broker.path) as caller:
        assert "result" in caller.ask("hello")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"", Code.NOT_JSON),
        (b"\xff\xfe\x00garbage", Code.NOT_JSON),
        (b"{", Code.NOT_JSON),
        (b"[" * 30_000, Code.NOT_JSON),
        (b'{"jsonrpc":"2.0","id":' + b"9" * 5000 + b',"method":"hello"}', Code.NOT_JSON),
        (b"[]", Code.NOT_A_REQUEST),
        (b'"hello"', Code.NOT_A_REQUEST),
        (b'{"id":1,"method":"hello"}', Code.NOT_A_REQUEST),
        (b'{"jsonrpc":"1.0","id":1,"method":"hello"}', Code.NOT_A_REQUEST),
        (b'{"jsonrpc":"2.0","id":{},"method":"hello"}', Code.NOT_A_REQUEST),
        (b'{"jsonrpc":"2.0","id":true,"method":"hello"}', Code.NOT_A_REQUEST),
        (b'{"jsonrpc":"2.0","id":"\\ud800","method":"hello"}', Code.NOT_A_REQUEST),
        (b'{"jsonrpc":"2.0","id":1e999,"method":"hello"}', Code.NOT_A_REQUEST),
        (b'{"jsonrpc":"2.0","id":NaN,"method":"hello"}', Code.NOT_A_REQUEST),
        (b'{"jsonrpc":"2.0","id":1,"method":7}', Code.NOT_A_REQUEST),
        (b'{"jsonrpc":"2.0","id":1,"method":"\\ud800"}', Code.UNKNOWN_METHOD),
        (b'{"jsonrpc":"2.0","id":1,"method":"delete"}', Code.UNKNOWN_METHOD),
        (b'{"jsonrpc":"2.0","id":1,"method":"__init__"}', Code.UNKNOWN_METHOD),
        (b'{"jsonrpc":"2.0","id":1,"method":"hello","params":[1]}', Code.WRONG_PARAMETERS),
        (b'{"jsonrpc":"2.0","id":1,"method":"entitlement"}', Code.WRONG_PARAMETERS),
        (b'{"jsonrpc":"2.0","id":1,"method":"entitlement","params":{"product":7}}', Code.WRONG_PARAMETERS),
        (
            b'{"jsonrpc":"2.0","id":1,"method":"entitlement","params":{"product":"a\\u0000b"}}',
            Code.WRONG_PARAMETERS,
        ),
        (
            b'{"jsonrpc":"2.0","id":1,"method":"entitlement","params":{"product":"' + b"x" * 129 + b'"}}',
            Code.WRONG_PARAMETERS,
        ),
        (b'{"jsonrpc":"2.0","id":1,"method":"hello","params":{"protocol":2}}', Code.PROTOCOL_NOT_SPOKEN),
        (b'{"jsonrpc":"2.0","id":1,"method":"hello","params":{"protocol":[]}}', Code.PROTOCOL_NOT_SPOKEN),
    ],
)
def test_a_wrong_line_gets_its_code_and_the_connection_lives_on(
    broker: BrokerServer, line: bytes, code: Code
) -> None:
    with Caller(broker.path) as caller:
        caller.send(line + b"\n")
        answer = caller.line()
        assert answer is not None
        assert answer["error"]["code"] == code
        assert "result" in caller.ask("hello")


def read(line: bytes) -> Request | Code:
    try:
        return read_request(line)
    except Refused as refused:
        return refused.code


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_no_line_does_more_than_be_refused(line: bytes) -> None:
    assert isinstance(read(line), Request | Code)


def test_a_line_of_a_megabyte_ends_the_connection(broker: BrokerServer) -> None:
    with Caller(broker.path) as caller:
        with suppress(BrokenPipeError, ConnectionResetError):  # cut before the end, which is the point
            caller.send(b"x" * 1_000_000)
        answer = caller.line()
        assert answer is None or answer["error"]["code"] == Code.LINE_TOO_LONG
        assert caller.line() is None
    assert_still_serving(broker)


def test_the_longest_line_is_read_and_one_byte_more_is_not(broker: BrokerServer) -> None:
    head, tail = b'{"jsonrpc":"2.0","id":1,"method":"hello","params":{"x":"', b'"}}\n'
    for length, served in ((65_536, True), (65_537, False)):
        with Caller(broker.path) as caller:
            caller.send(head + b"x" * (length - len(head) - len(tail)) + tail)
            answer = caller.line()
            assert answer is not None
            assert ("result" in answer) is served


def test_a_slow_writer_is_cut_off(folder: Path, desk: Desk) -> None:
    with running_broker(folder, desk, limits=Limits(line=0.3)) as broker, Caller(broker.path) as caller:
        caller.send(b'{"jsonrpc":')
        answer = caller.line()
        assert answer is not None
        assert answer["error"]["code"] == Code.TOO_SLOW
        assert caller.line() is None


def test_a_silent_caller_is_cut_off(folder: Path, desk: Desk) -> None:
    with running_broker(folder, desk, limits=Limits(idle=0.2)) as broker, Caller(broker.path) as caller:
        assert caller.line() is None
        assert_still_serving(broker)


def test_a_caller_that_takes_no_answers_is_cut_off(folder: Path, desk: Desk) -> None:
    request = b'{"jsonrpc":"2.0","id":"' + b"i" * 60_000 + b'","method":"hello"}\n'
    with running_broker(folder, desk, limits=Limits(taking=0.3)) as broker:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as deaf:
            deaf.settimeout(10)
            deaf.connect(str(broker.path))
            with pytest.raises((BrokenPipeError, ConnectionResetError)):
                deaf.sendall(request * 200)
        assert_still_serving(broker)


def test_a_process_that_asks_too_often_hears_so(folder: Path, desk: Desk) -> None:
    with (
        running_broker(folder, desk, rate=CallRate(per_second=0.001, burst=3)) as broker,
        Caller(broker.path) as caller,
    ):
        answers = [caller.ask("hello") for _ in range(5)]
    assert ["result" in answer for answer in answers] == [True, True, True, False, False]
    assert answers[-1]["error"]["code"] == Code.BUSY


def test_calls_are_allowed_again_as_time_goes_by() -> None:
    now = [0.0]
    rate = CallRate(per_second=10, burst=2, clock=lambda: now[0])
    assert [rate.allows(1) for _ in range(3)] == [True, True, False]
    assert rate.allows(2)
    now[0] = 0.1
    assert [rate.allows(1) for _ in range(2)] == [True, False]


def test_more_connections_than_allowed_are_turned_away(folder: Path, desk: Desk) -> None:
    with running_broker(folder, desk, most_connections=5) as broker:
        callers = [Caller(broker.path) for _ in range(5)]
        for caller in callers:
            assert "result" in caller.ask("hello")
        with Caller(broker.path) as late:
            answer = late.line()
            assert answer is not None
            assert answer["error"]["code"] == Code.BUSY
        for caller in callers:
            caller.__exit__()
        assert_still_serving(broker)


def test_many_connections_at_once_are_served(broker: BrokerServer) -> None:
    callers = [Caller(broker.path) for _ in range(200)]
    try:
        assert all("result" in caller.ask("entitlement", product="survey-viewer") for caller in callers)
    finally:
        for caller in callers:
            caller.__exit__()


def test_connections_that_come_and_go_leave_nothing_behind(broker: BrokerServer) -> None:
    before = open_files()
    for _ in range(300):
        with Caller(broker.path) as caller:
            caller.send(b'{"half')
    assert_still_serving(broker)
    wait_until(lambda: open_files() <= before, 10, "connections that are over keep files open")


def test_a_call_that_hangs_holds_up_nobody_else(broker: BrokerServer, desk: Desk) -> None:
    desk.hanging = threading.Event()
    with Caller(broker.path) as stuck:
        stuck.send(b'{"jsonrpc":"2.0","id":1,"method":"entitlement","params":{"product":"x"}}\n')
        assert_still_serving(broker)
        desk.hanging.set()
        assert stuck.line() is not None


def test_a_failure_inside_is_an_answer_and_is_logged(
    broker: BrokerServer, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.broken = True
    with Caller(broker.path) as caller:
        assert caller.ask("entitlement", product="survey-viewer")["error"]["code"] == Code.INTERNAL
        assert "result" in caller.ask("hello")
    assert "broken on purpose" in caplog.text


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
def test_another_users_process_gets_nothing(broker: BrokerServer) -> None:
    # The folder would keep it out already; here it is let through to meet the check behind.
    broker.path.parent.parent.chmod(0o755)
    broker.path.parent.chmod(0o755)
    broker.path.chmod(0o666)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setuid(NOBODY)
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as stranger:
                stranger.settimeout(5)
                stranger.connect(str(broker.path))
                try:
                    stranger.sendall(b'{"jsonrpc":"2.0","id":1,"method":"status"}\n')
                    got = stranger.recv(4096)
                except (BrokenPipeError, ConnectionResetError):
                    got = b""
            os.write(writer, got or b"nothing")
        finally:
            os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader, "rb") as pipe:
        assert pipe.read() == b"nothing"
    assert_still_serving(broker)
