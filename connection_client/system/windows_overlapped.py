# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Operations of Windows that are begun now and end later (overlapped I/O), and the handles they need."""

import ctypes
import sys
from contextlib import suppress
from ctypes import wintypes

PENDING = 997  # ERROR_IO_PENDING


class Overlapped(ctypes.Structure):
    """OVERLAPPED; it has to live until the operation has ended."""

    _fields_ = (
        ("internal", ctypes.c_void_p),
        ("internal_high", ctypes.c_void_p),
        ("offset", ctypes.c_uint64),
        ("event", wintypes.HANDLE),
    )


if sys.platform == "win32":
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateNamedPipeW.restype = wintypes.HANDLE
    kernel.CreateFileW.restype = wintypes.HANDLE
    kernel.CreateEventW.restype = wintypes.HANDLE

    def last_error() -> OSError:
        """What Windows says of the last call."""
        return ctypes.WinError(ctypes.get_last_error())

    def new_event() -> int:
        """An event that is not set; raises OSError."""
        event = kernel.CreateEventW(None, wintypes.BOOL(1), wintypes.BOOL(0), None)
        if not event:
            raise last_error()
        return int(event)

    def close_handle(handle: int) -> None:
        """Give a handle back."""
        kernel.CloseHandle(wintypes.HANDLE(handle))

    def finish(handle: int, overlapped: Overlapped) -> int:
        """Wait until an operation that was begun has ended; the number of bytes, or OSError."""
        count = wintypes.DWORD()
        if not kernel.GetOverlappedResult(
            wintypes.HANDLE(handle), ctypes.byref(overlapped), ctypes.byref(count), wintypes.BOOL(1)
        ):
            raise last_error()
        return int(count.value)

    def cancel(handle: int, overlapped: Overlapped) -> None:
        """Give an operation up and wait until Windows no longer writes into its memory."""
        kernel.CancelIoEx(wintypes.HANDLE(handle), ctypes.byref(overlapped))
        with suppress(OSError):
            finish(handle, overlapped)
