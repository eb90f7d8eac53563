# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Listening for what changes, on a connection that stays open (docs/broker.md, subscribe)."""

import json
import sys
import time
from collections.abc import Iterator

from .errors import ClientDoesNotAnswer
from .start import ask_or_start
from .wire import connect, question_line, read_answer

TYPE_CHECKING = False
if TYPE_CHECKING or sys.platform == "win32":
    import socket

    from .pipe import PipeConnection

_LONGEST_LINE = 1 << 20
_FOREVER = 4_000_000.0  # seconds: as long as Windows can wait for anything


def listen(timeout: float) -> Iterator[str]:
    """What has changed, as it changes; raises ClientDoesNotAnswer at the client's end."""
    deadline = time.monotonic() + timeout
    ask_or_start("hello", {}, timeout)  # starts the client where none runs
    try:
        with connect(max(deadline - time.monotonic(), 0.05)) as connection:
            connection.sendall(question_line("subscribe", {}))
            if sys.platform == "win32" and isinstance(connection, PipeConnection):
                connection.goes_on = True
            lines = _lines(connection)
            read_answer(next(lines))
            connection.settimeout(_FOREVER)
            yield "status"
            for line in lines:
                yield from _told(line)
    except TimeoutError as error:
        raise ClientDoesNotAnswer("it took too long") from error
    except OSError as error:
        raise ClientDoesNotAnswer("it has ended") from error


def _lines(connection: "socket.socket | PipeConnection") -> Iterator[bytes]:
    received = b""
    while part := connection.recv(65536):
        received += part
        *whole, received = received.split(b"\n")
        yield from whole
        if len(received) > _LONGEST_LINE:
            raise ClientDoesNotAnswer("its answer has no end")
    raise ClientDoesNotAnswer("it has ended")


def _told(line: bytes) -> Iterator[str]:
    """The news in a line; what a newer client may say besides is passed over."""
    try:
        said = json.loads(line)
    except ValueError as error:
        raise ClientDoesNotAnswer("its answer is not JSON") from error
    facts = said.get("params") if isinstance(said, dict) and said.get("method") == "changed" else None
    if isinstance(facts, dict) and isinstance(facts.get("what"), str):
        yield facts["what"]
