# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""One running client for each desktop session of Windows: a second start hands over its arguments and ends.

A mutex that Windows frees with its owner, and a named pipe beside it. A killed client leaves nothing behind.
"""

import contextlib
import ctypes
import hashlib
import json
import sys
import threading
import time
from collections.abc import Callable, Sequence
from ctypes import wintypes
from pathlib import Path

from connection_client.system.handed_over import arguments_in
from connection_client.system.windows_user import session_id

if sys.platform == "win32":
    from connection_client.system.windows_overlapped import close_handle
    from connection_client.system.windows_pipe import PipeConnection, PipeListener, connect, pipe_name

_LONGEST_MESSAGE = 64 * 1024  # bytes; arguments are paths and links
_PATIENCE_SECONDS = 2.0
_ALREADY_EXISTS = 183
_PROGRAMS = ("CONNECTION Client.exe", "connection-client.exe")  # what a setup brings, beside each other
_SYNCHRONIZE = 0x00100000


class WindowsSingleInstance:
    """The right to be the running client, held until `release` or the end of the process."""

    def __init__(self, runtime: Path) -> None:
        # Clients that keep their things in different folders are different clients.
        place = hashlib.sha256(str(runtime.absolute()).casefold().encode()).hexdigest()[:16]
        self._name = f"instance-{session_id()}-{place}"
        self._mutex: int | None = None
        self._other: int | None = None  # the process that was given our arguments
        self._callback: Callable[[tuple[str, ...]], None] | None = None
        if sys.platform == "win32":
            self._listener: PipeListener | None = None

    def claim(self, arguments: Sequence[str]) -> bool:
        """True for the first start; otherwise the running client is given `arguments` and False returned."""
        if sys.platform == "win32":
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            kernel.CreateMutexW.restype = wintypes.HANDLE
            # `Local\` is the session's own name space: other people cannot take the name before us.
            name = ctypes.c_wchar_p(rf"Local\connection-client-{self._name}")
            mutex = kernel.CreateMutexW(None, wintypes.BOOL(0), name)
            taken = ctypes.get_last_error() == _ALREADY_EXISTS
            if not mutex:
                raise ctypes.WinError(ctypes.get_last_error())
            if taken:
                close_handle(mutex)
                self._hand_over(arguments)
                return False
            self._mutex = int(mutex)
            self._listener = PipeListener(pipe_name(self._name))
            return True
        raise NotImplementedError

    def listen(self, callback: Callable[[tuple[str, ...]], None]) -> None:
        """Call `callback`, on a thread of its own, with the arguments of every further start."""
        self._callback = callback
        threading.Thread(target=self._serve, args=(callback,), daemon=True, name="activations").start()

    def wait_for_end(self, seconds: float) -> bool:
        """Whether the client that was given our arguments has ended within that time, its files let go.

        What a packed client started of itself ends after it, and holds the same files.
        """
        if sys.platform == "win32" and self._other is not None:
            deadline = time.monotonic() + seconds
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            if kernel.WaitForSingleObject(wintypes.HANDLE(self._other), int(seconds * 1000)) != 0:
                return False
            if getattr(sys, "frozen", False):
                from connection_client.system.windows_processes import wait_until_alone

                programs = [str(Path(sys.executable).with_name(name)) for name in _PROGRAMS]
                return wait_until_alone(programs, max(deadline - time.monotonic(), 0.0))
            return True
        return False

    def announce(self) -> None:
        """Do as if the client had been started once more, without arguments: its window comes up."""
        if self._callback is not None:
            self._callback(())

    def release(self) -> None:
        """Let another client be the running one."""
        if sys.platform == "win32":
            if self._listener is not None:
                self._listener.stop()
                self._listener = None
            if self._mutex is not None:
                close_handle(self._mutex)
                self._mutex = None
            if self._other is not None:
                close_handle(self._other)
                self._other = None

    def _hand_over(self, arguments: Sequence[str]) -> None:
        if sys.platform == "win32":
            message = json.dumps(list(arguments)).encode() + b"\n"
            deadline = time.monotonic() + _PATIENCE_SECONDS
            while time.monotonic() < deadline:
                # The first start holds the mutex a moment before it listens.
                with contextlib.suppress(FileNotFoundError, TimeoutError, ConnectionError, PermissionError):
                    with connect(pipe_name(self._name), _PATIENCE_SECONDS) as connection:
                        self._keep(connection.server)
                        connection.sendall(message)
                        connection.recv(1)  # closed by the other side once it has read
                    return
                time.sleep(0.05)

    def _keep(self, process: int) -> None:
        """Hold on to the process: once it has ended, its number may be another's."""
        if sys.platform == "win32":
            # The person started this process, which may hand on the right to come to the front.
            ctypes.WinDLL("user32").AllowSetForegroundWindow(wintypes.DWORD(process))
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            kernel.OpenProcess.restype = wintypes.HANDLE
            handle = kernel.OpenProcess(_SYNCHRONIZE, wintypes.BOOL(0), wintypes.DWORD(process))
            if self._other is not None:
                close_handle(self._other)
            self._other = int(handle) if handle else None

    def _serve(self, callback: Callable[[tuple[str, ...]], None]) -> None:
        if sys.platform == "win32":
            while (listener := self._listener) is not None and (handle := listener.accept()) is not None:
                with PipeConnection(handle) as caller:
                    arguments = _received(caller)
                if arguments is not None:
                    callback(arguments)


if sys.platform == "win32":

    def _received(caller: PipeConnection) -> tuple[str, ...] | None:
        caller.settimeout(_PATIENCE_SECONDS)
        message = b""
        try:
            while not message.endswith(b"\n"):
                chunk = caller.recv(4096)
                message += chunk
                if not chunk or len(message) > _LONGEST_MESSAGE:
                    return None
        except OSError:
            return None
        return arguments_in(message)
