# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A file that nobody can change, move or replace for as long as it is held open here.

Windows enforces it: whoever wants to write meets a sharing violation, and so do we where somebody already
has the file open for writing.
"""

import ctypes
import os
import sys
from ctypes import wintypes
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

_READ, _SHARE_READ, _OPEN_EXISTING, _SEQUENTIAL = 0x80000000, 0x1, 3, 0x08000000
# The path itself, never what a link at its end points to.
_NO_LINK = 0x00200000


def open_locked(path: Path) -> BinaryIO:
    """Open for reading and deny everybody writing and deleting; raises OSError."""
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateFileW.restype = wintypes.HANDLE
        handle = kernel.CreateFileW(
            ctypes.c_wchar_p(str(path)),
            wintypes.DWORD(_READ),
            _SHARE_READ,
            None,
            _OPEN_EXISTING,
            _SEQUENTIAL | _NO_LINK,
            None,
        )
        if handle == ctypes.c_void_p(-1).value:
            raise ctypes.WinError(ctypes.get_last_error())
        return os.fdopen(msvcrt.open_osfhandle(handle, os.O_RDONLY | os.O_BINARY), "rb")
    raise NotImplementedError
