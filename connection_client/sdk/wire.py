# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""One question to the client over its socket: JSON-RPC 2.0, a line each way (docs/broker.md)."""

import os
import socket
import sys
import time
from collections.abc import Mapping

from .errors import ClientDoesNotAnswer, ClientRefused, ProtocolNotSpoken

TYPE_CHECKING = False  # importing typing for it would cost more than all the rest
if TYPE_CHECKING or sys.platform == "win32":
    from .pipe import PipeConnection

PROTOCOL = 1
STARTING = -32004
BUSY = -32001
ASKING_THE_PERSON = -32011
PROTOCOL_NOT_SPOKEN = -32003
_LONGEST_ANSWER = 1 << 20
_PAUSE = 0.1  # seconds between two tries while the client starts


def socket_path(system: str = sys.platform) -> str:
    """Where the client of this user listens; `system` is a name as in sys.platform."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime.startswith("/"):
        return f"{runtime}/connection-client/broker.sock"
    state = os.environ.get("XDG_STATE_HOME", "")
    if not state.startswith("/"):
        home = "~/Library/Application Support" if system == "darwin" else "~/.local/state"
        state = os.path.expanduser(home)  # noqa: PTH111  # pathlib costs a third of the import
    return f"{state}/connection-client/run/broker.sock"


def ask(method: str, parameters: Mapping[str, object], deadline: float) -> Mapping[str, object]:
    """Ask until there is an answer or the `deadline` of time.monotonic(); FileNotFoundError: not running."""
    while True:
        try:
            return _exchange(method, parameters, deadline)
        except ClientRefused as refusal:
            if (
                refusal.code not in {STARTING, BUSY, ASKING_THE_PERSON}
                or time.monotonic() + _PAUSE > deadline
            ):
                raise
        except BlockingIOError as error:  # too many others wait to be let in, connect(2)
            if time.monotonic() + _PAUSE > deadline:
                raise ClientDoesNotAnswer("it is busy") from error
        time.sleep(_PAUSE)


def _exchange(method: str, parameters: Mapping[str, object], deadline: float) -> Mapping[str, object]:
    with connect(max(deadline - time.monotonic(), 0.05)) as connection:
        try:
            connection.sendall(question_line(method, parameters))
            line = _read_line(connection, deadline)
        except TimeoutError as error:
            raise ClientDoesNotAnswer("it took too long") from error
        except ConnectionError as error:
            raise ClientDoesNotAnswer("it closed the connection") from error
    return read_answer(line)


def question_line(method: str, parameters: Mapping[str, object]) -> bytes:
    """A request as it is sent."""
    import json  # with the first question: it brings regular expressions along

    question = {"jsonrpc": "2.0", "id": 1, "method": method, "params": {"protocol": PROTOCOL, **parameters}}
    return json.dumps(question).encode() + b"\n"


def connect(seconds: float) -> "socket.socket | PipeConnection":
    """A connection to the client of this user; OSError where none listens."""
    if sys.platform == "win32":
        return PipeConnection(seconds)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(seconds)
        connection.connect(socket_path())
        _refuse_strangers(connection)
    except (OSError, ClientDoesNotAnswer):
        connection.close()
        raise
    return connection


def _refuse_strangers(connection: socket.socket) -> None:
    """Who answers must be this user: a socket put there by somebody else is not the client."""
    if sys.platform == "darwin":
        option = (0, 1, 76)  # SOL_LOCAL, LOCAL_PEERCRED, the size of xucred: unix(4)
    elif hasattr(socket, "SO_PEERCRED"):
        option = (socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    else:
        return
    # In both answers the user's id is the second of the numbers.
    if int.from_bytes(connection.getsockopt(*option)[4:8], sys.byteorder) != os.getuid():
        raise ClientDoesNotAnswer("another user's program listens in its place")


def _read_line(connection: "socket.socket | PipeConnection", deadline: float) -> bytes:
    received = bytearray()
    while not received.endswith(b"\n"):
        connection.settimeout(max(deadline - time.monotonic(), 0.001))
        part = connection.recv(65536)
        if not part:
            raise ConnectionResetError
        received += part
        if len(received) > _LONGEST_ANSWER:
            raise ClientDoesNotAnswer("its answer has no end")
    return bytes(received)


def read_answer(line: bytes) -> Mapping[str, object]:
    """The result in an answer; raises ClientRefused, ClientDoesNotAnswer."""
    import json

    try:
        answer = json.loads(line)
    except ValueError as error:
        raise ClientDoesNotAnswer("its answer is not JSON") from error
    if isinstance(answer, dict) and isinstance(answer.get("result"), dict):
        return dict(answer["result"])
    problem = answer.get("error") if isinstance(answer, dict) else None
    if isinstance(problem, dict) and isinstance(problem.get("code"), int):
        code, message = problem["code"], str(problem.get("message", ""))
        if code == PROTOCOL_NOT_SPOKEN:
            said = problem.get("data")
            versions = said.get("supported") if isinstance(said, dict) else ()
            raise ProtocolNotSpoken(code, message, tuple(versions) if isinstance(versions, list) else ())
        raise ClientRefused(code, message)
    raise ClientDoesNotAnswer("its answer makes no sense")
