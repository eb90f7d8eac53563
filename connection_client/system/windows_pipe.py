# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Named pipes of one person: nobody else may open them, and nobody over the network.

Whoever connects makes sure in turn that the same person listens, so a pipe that a stranger put there first
gets nothing.
"""

import ctypes
import errno
import sys
import threading
import time
from ctypes import wintypes
from typing import Final, Self

from connection_client.system.windows_overlapped import PENDING, Overlapped
from connection_client.system.windows_user import only_for, own_sid, sid_of

_DUPLEX, _OVERLAPPED, _FIRST = 0x00000003, 0x40000000, 0x00080000
_REJECT_REMOTE = 0x00000008
_UNLIMITED = 255
_BUFFER = 65_536
_READ_WRITE = 0xC0000000
_OPEN_EXISTING = 3
_IDENTIFY_ONLY = 0x00110000  # SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION: the server cannot act as us
_CONNECTED, _BUSY, _BROKEN, _NO_DATA = 535, 231, 109, 232
_TIMED_OUT = 0x102
_INVALID: Final = ctypes.c_void_p(-1).value


def pipe_name(name: str) -> str:
    r"""The full name, `\\.\pipe\connection-client.NAME.SID`: each person has pipes of their own."""
    return rf"\\.\pipe\connection-client.{name}.{own_sid()}"


if sys.platform == "win32":
    from connection_client.system.windows_overlapped import (
        cancel,
        close_handle,
        finish,
        kernel,
        last_error,
        new_event,
    )

    def peer_process(handle: int) -> int:
        """The id of the process that opened our end's counterpart; 0 where Windows does not say."""
        number = wintypes.ULONG()
        asked = kernel.GetNamedPipeClientProcessId(wintypes.HANDLE(handle), ctypes.byref(number))
        return int(number.value) if asked else 0

    class PipeListener:
        """The listening end, for this person and `others`; the first of its name, or PermissionError."""

        def __init__(self, name: str, *others: str) -> None:
            self._name = name
            self._attributes = only_for(own_sid(), *others)
            self._stop = new_event()
            self._accepting = threading.Lock()
            try:
                self._next = self._instance(_FIRST)
            except OSError:
                close_handle(self._stop)
                raise

        def accept(self) -> int | None:
            """Wait for a caller and return the handle of its connection; None after `stop`."""
            with self._accepting:
                while self._next:
                    handle, overlapped = self._next, Overlapped(event=new_event())
                    try:
                        connected = self._connected(handle, overlapped)
                        # Another end must be there before this one is used: the name must not vanish.
                        self._next = self._instance(0) if connected else 0
                    except OSError:  # that caller is gone already
                        self._next, connected = self._instance(0), False
                    finally:
                        close_handle(int(overlapped.event))
                    if connected:
                        return handle
                    close_handle(handle)
            return None

        def stop(self) -> None:
            """Let `accept` return; connections that are open stay so."""
            kernel.SetEvent(wintypes.HANDLE(self._stop))
            with self._accepting:
                if self._next:
                    close_handle(self._next)
                    self._next = 0

        def _instance(self, first: int) -> int:
            handle = kernel.CreateNamedPipeW(
                ctypes.c_wchar_p(self._name),
                _DUPLEX | _OVERLAPPED | first,
                _REJECT_REMOTE,
                _UNLIMITED,
                _BUFFER,
                _BUFFER,
                0,
                ctypes.byref(self._attributes),
            )
            if handle == _INVALID:
                raise last_error()
            return int(handle)

        def _connected(self, handle: int, overlapped: Overlapped) -> bool:
            if kernel.ConnectNamedPipe(wintypes.HANDLE(handle), ctypes.byref(overlapped)):
                return True
            if ctypes.get_last_error() == _CONNECTED:
                return True
            if ctypes.get_last_error() != PENDING:
                raise last_error()
            waited_for = (wintypes.HANDLE * 2)(overlapped.event, self._stop)
            if kernel.WaitForMultipleObjects(2, waited_for, wintypes.BOOL(0), -1) == 0:
                return True
            cancel(handle, overlapped)
            return False

    class PipeConnection:
        """One end of a connection with time limits; it behaves as a socket where that is wanted.

        `server` is the process that listens, for whoever connected to it.
        """

        def __init__(self, handle: int, server: int = 0) -> None:
            self._handle = handle
            self.server = server
            self._open = threading.Lock()
            self._deadline: float | None = None

        def settimeout(self, seconds: float) -> None:
            """Let everything from now on end within `seconds`, or raise TimeoutError."""
            self._deadline = time.monotonic() + seconds

        def sendall(self, content: bytes) -> None:
            """Send everything; raises TimeoutError, ConnectionError."""
            sent = 0
            while sent < len(content):
                part = ctypes.create_string_buffer(content[sent : sent + _BUFFER])
                sent += self._operate(kernel.WriteFile, part, len(part) - 1)

        def recv(self, most: int) -> bytes:
            """What has come, at least a byte; empty where the other end is gone."""
            block = ctypes.create_string_buffer(most)
            try:
                count = self._operate(kernel.ReadFile, block, most)
                return block.raw[:count]
            except ConnectionError:
                return b""

        def is_gone(self) -> bool:
            """Whether the other end has left; does not wait."""
            return not kernel.PeekNamedPipe(wintypes.HANDLE(self._handle), None, 0, None, None, None)

        def close(self) -> None:
            """Leave; a second time does nothing."""
            if self._open.acquire(blocking=False):
                close_handle(self._handle)

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            self.close()

        def _operate(
            self, operation: "ctypes._NamedFuncPointer", block: "ctypes.Array[ctypes.c_char]", length: int
        ) -> int:
            overlapped = Overlapped(event=new_event())
            handle = wintypes.HANDLE(self._handle)
            try:
                if not operation(handle, block, wintypes.DWORD(length), None, ctypes.byref(overlapped)):
                    _raise_unless_pending()
                    self._wait(overlapped)
                return finish(self._handle, overlapped)
            except OSError as error:
                if getattr(error, "winerror", 0) in (_BROKEN, _NO_DATA):
                    raise ConnectionResetError(errno.ECONNRESET, "the other end is gone") from error
                raise
            finally:
                close_handle(int(overlapped.event))

        def _wait(self, overlapped: Overlapped) -> None:
            left = -1
            if self._deadline is not None:
                left = max(0, int((self._deadline - time.monotonic()) * 1000))
            if kernel.WaitForSingleObject(wintypes.HANDLE(overlapped.event), left) == _TIMED_OUT:
                cancel(self._handle, overlapped)
                raise TimeoutError(errno.ETIMEDOUT, "the other end takes too long")

    def _raise_unless_pending() -> None:
        if ctypes.get_last_error() != PENDING:
            raise last_error()

    def connect(name: str, seconds: float, *, server: int = 0) -> PipeConnection:
        """Connect to the pipe of that full name; raises FileNotFoundError, PermissionError, TimeoutError.

        The same person has to listen; or, where it is given, the process with the id `server`.
        """
        deadline = time.monotonic() + seconds
        while True:
            handle = kernel.CreateFileW(
                ctypes.c_wchar_p(name),
                wintypes.DWORD(_READ_WRITE),
                0,
                None,
                _OPEN_EXISTING,
                _OVERLAPPED | _IDENTIFY_ONLY,
                None,
            )
            if handle != _INVALID:
                return _to_whom_was_meant(int(handle), seconds, server)
            if ctypes.get_last_error() != _BUSY:
                raise last_error()
            left = int((deadline - time.monotonic()) * 1000)
            if left <= 0 or not kernel.WaitNamedPipeW(ctypes.c_wchar_p(name), wintypes.DWORD(left)):
                raise TimeoutError(errno.ETIMEDOUT, "all ends of the pipe are taken")

    def _to_whom_was_meant(handle: int, seconds: float, wanted: int) -> PipeConnection:
        server = wintypes.ULONG()
        asked = kernel.GetNamedPipeServerProcessId(wintypes.HANDLE(handle), ctypes.byref(server))
        listens = int(server.value)
        if not asked or not (listens == wanted if wanted else sid_of(listens) == own_sid()):
            close_handle(handle)
            raise PermissionError(errno.EACCES, "another program listens in its place")
        connection = PipeConnection(handle, listens)
        connection.settimeout(seconds)
        return connection
