# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client's named pipe on Windows, with what `wire` needs of a socket; standard library only."""

import ctypes
import os
import queue
import sys
import threading
import time
from ctypes import wintypes

from .errors import ClientDoesNotAnswer

_READ_WRITE, _OPEN_EXISTING = 0xC0000000, 3
_IDENTIFY_ONLY = 0x00110000  # SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION: nobody may act as us
_BUSY = 231
_QUERY_TOKEN, _TOKEN_USER, _QUERY_LIMITED = 0x0008, 1, 0x1000

if sys.platform == "win32":
    import msvcrt

    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.CreateFileW.restype = wintypes.HANDLE
    _kernel.OpenProcess.restype = wintypes.HANDLE
    _kernel.GetCurrentProcess.restype = wintypes.HANDLE
    _advapi = ctypes.WinDLL("advapi32", use_last_error=True)

    def _user_of(process: int) -> str:
        token, size, text = wintypes.HANDLE(), wintypes.DWORD(), ctypes.c_wchar_p()
        if not _advapi.OpenProcessToken(wintypes.HANDLE(process), _QUERY_TOKEN, ctypes.byref(token)):
            return ""
        _advapi.GetTokenInformation(token, _TOKEN_USER, None, 0, ctypes.byref(size))
        block = ctypes.create_string_buffer(max(size.value, 8))
        got = _advapi.GetTokenInformation(token, _TOKEN_USER, block, size, ctypes.byref(size))
        _kernel.CloseHandle(token)
        sid = ctypes.c_void_p.from_buffer(block)  # TOKEN_USER begins with the pointer
        if not got or not _advapi.ConvertSidToStringSidW(sid, ctypes.byref(text)):
            return ""
        value = text.value or ""
        _kernel.LocalFree(text)
        return value

    def _own_user() -> str:
        return _user_of(_kernel.GetCurrentProcess())

    def _server_user(pipe: int) -> str:
        number = wintypes.ULONG()
        if not _kernel.GetNamedPipeServerProcessId(wintypes.HANDLE(pipe), ctypes.byref(number)):
            return ""
        process = _kernel.OpenProcess(_QUERY_LIMITED, wintypes.BOOL(0), number)
        if not process:
            return ""
        user = _user_of(process)
        _kernel.CloseHandle(wintypes.HANDLE(process))
        return user


class PipeConnection:
    """A connection to the client of this user; blocking calls end at the time limit."""

    def __init__(self, seconds: float) -> None:
        self._deadline = time.monotonic() + seconds
        self._file = self._opened()
        self._received: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._reader: threading.Thread | None = None
        self._left = False
        self.goes_on = False  # whether more than one line is expected

    def settimeout(self, seconds: float) -> None:
        """The rest of the time, as for a socket."""
        self._deadline = time.monotonic() + seconds

    def sendall(self, content: bytes) -> None:
        """Send a question; it is short enough to be taken at once."""
        os.write(self._file, content)

    def recv(self, _most: int) -> bytes:
        """What has come; empty at the end."""
        if self._reader is None:
            # Only now: Windows keeps a write waiting as long as a read of the same handle waits.
            self._reader = threading.Thread(target=self._read, daemon=True, name="client's answer")
            self._reader.start()
        try:
            left = max(self._deadline - time.monotonic(), 0)
            return self._received.get(timeout=min(left, threading.TIMEOUT_MAX))
        except queue.Empty:
            raise TimeoutError from None

    def close(self) -> None:
        """Leave; what is still read ends with it."""
        self._left = True
        if sys.platform == "win32":
            # Closing waits for a read of the same file, and a read may begin just after it was called off.
            while self._reader is not None and self._reader.is_alive():
                _kernel.CancelIoEx(wintypes.HANDLE(msvcrt.get_osfhandle(self._file)), None)
                self._reader.join(0.01)
        os.close(self._file)

    def __enter__(self) -> "PipeConnection":  # noqa: PYI034  # typing costs more than all the rest
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self) -> None:
        try:
            while not self._left and (part := os.read(self._file, 65536)):
                self._received.put(part)
                if part.endswith(b"\n") and not self.goes_on:
                    return
        except OSError:
            pass
        self._received.put(b"")

    def _opened(self) -> int:
        if sys.platform == "win32":
            user = _own_user()
            name = ctypes.c_wchar_p(rf"\\.\pipe\connection-client.broker.{user}")
            while True:
                pipe = _kernel.CreateFileW(
                    name, wintypes.DWORD(_READ_WRITE), 0, None, _OPEN_EXISTING, _IDENTIFY_ONLY, None
                )
                if pipe != ctypes.c_void_p(-1).value:
                    break
                if ctypes.get_last_error() != _BUSY:
                    raise ctypes.WinError(ctypes.get_last_error())
                left = int((self._deadline - time.monotonic()) * 1000)
                if left <= 0 or not _kernel.WaitNamedPipeW(name, wintypes.DWORD(left)):
                    raise ClientDoesNotAnswer("it is busy")
            if not user or _server_user(pipe) != user:
                _kernel.CloseHandle(wintypes.HANDLE(pipe))
                raise ClientDoesNotAnswer("another user's program listens in its place")
            return msvcrt.open_osfhandle(pipe, os.O_BINARY)
        raise FileNotFoundError
