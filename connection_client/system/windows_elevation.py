# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Administrator rights for a batch of setups on Windows: one question to the person, no more for minutes.

Windows asks once and starts this program anew with the rights; that one connects back over a pipe with a
name that only it was told, and runs setup after setup. Only the process that was started is spoken to.
"""

import json
import os
import secrets
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from connection_client.system import windows_process
from connection_client.system.windows_elevated_install import BEGUN, Connection, Request, line_from

if sys.platform == "win32":
    from connection_client.system.windows_pipe import PipeConnection, PipeListener, peer_process

OPTION = "--install-elevated"
_ADMINISTRATORS = "BA"  # somebody else's name and password may have been typed
_STARTING_SECONDS = 30.0
_ENDED = "the program with administrator rights ended"


class Refused(Exception):
    """The program with the rights did not start the setup; the text is its word: changed, disk-full."""


def own_program() -> list[str]:
    """How to start the client anew, without a console where it is packed."""
    if getattr(sys, "frozen", False):
        return [str(Path(sys.executable).parent / "CONNECTION Client.exe")]
    return [sys.executable, "-m", "connection_client"]


def _os_error(code: int) -> OSError:
    error = OSError(code, _ENDED)
    if sys.platform == "win32":
        error.winerror = code
    return error


class Elevation:
    """Safe for several threads; what is open is closed by itself after some minutes, or by `close`."""

    def __init__(
        self,
        program: Callable[[], Sequence[str]] = own_program,
        start: Callable[[Sequence[str]], int] = windows_process.start_elevated,
    ) -> None:
        self._program, self._start = program, start
        self._lock = threading.Lock()
        if sys.platform == "win32":
            self._connection: PipeConnection | None = None

    @property
    def is_open(self) -> bool:
        """Whether the person has said yes a short time ago."""
        return sys.platform == "win32" and self._connection is not None

    def run(self, request: Request, patience: float | None = None) -> int | None:
        """Run a setup with administrator rights to its end and return its exit code.

        With `patience` None where the setup began and did not end within so many seconds: it goes on alone.
        Raises OSError with `winerror` where the person said no or nothing could be started, and Refused.
        """
        with self._lock:
            answer = self._asked(request, patience)
        if BEGUN in answer:
            return None
        if "code" in answer:
            return int(str(answer["code"]))
        if "refused" in answer:
            raise Refused(str(answer["refused"]))
        raise _os_error(int(str(answer.get("error", 0))))

    def close(self) -> None:
        """Let the program with the rights end; where it runs a setup, it does so at the end of this process.

        What becomes of that setup is not known here, so `run` does not return with a failure.
        """
        if self._lock.acquire(blocking=False):
            try:
                self._let_go()
            finally:
                self._lock.release()

    def _let_go(self) -> None:
        if sys.platform == "win32":
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.close()

    def _asked(self, request: Request, patience: float | None) -> dict[str, object]:
        if sys.platform == "win32":
            if self._connection is not None:
                try:
                    self._connection.sendall(request.to_line())
                except OSError:  # it was idle for so long that it ended: nothing was handed over
                    self._let_go()
            if self._connection is None:
                self._connection = self._opened()
                self._connection.sendall(request.to_line())
            try:
                return _answer(self._connection, patience)
            except (OSError, ValueError):
                # What became of the setup is seen by who looks at the disk.
                self._let_go()
        return {}

    if sys.platform == "win32":

        def _opened(self) -> PipeConnection:
            r"""Ask for the rights; the pipe's name is one that nobody can guess."""
            name = rf"\\.\pipe\connection-client.elevated.{secrets.token_hex(16)}"
            listener = PipeListener(name, _ADMINISTRATORS)
            giving_up = threading.Timer(_STARTING_SECONDS, listener.stop)
            try:
                process = self._start([*self._program(), OPTION, name, str(os.getpid())])
                giving_up.start()
                while (handle := listener.accept()) is not None:
                    connection = PipeConnection(handle)
                    if peer_process(handle) == process:
                        return connection
                    connection.close()
                raise OSError(_ENDED)
            finally:
                giving_up.cancel()
                listener.stop()


def _answer(connection: Connection, patience: float | None) -> dict[str, object]:
    """What is said at the end; or that the setup began, where it goes on for longer than `patience`."""
    rest = bytearray()
    answer = dict(json.loads(line_from(connection, rest)))
    if BEGUN not in answer:
        return answer
    if patience is not None:
        connection.settimeout(patience)
    try:
        return dict(json.loads(line_from(connection, rest)))
    except TimeoutError:
        return answer
