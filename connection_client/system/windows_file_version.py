# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The version that a Windows program carries in itself (VERSIONINFO), asked without running it."""

import ctypes
import sys
from pathlib import Path

_SIGNATURE = 0xFEEF04BD


class _FixedFileInfo(ctypes.Structure):
    """VS_FIXEDFILEINFO, as far as it is wanted."""

    _fields_ = [(name, ctypes.c_uint32) for name in ("signature", "structure", "high", "low")]
    signature: int
    high: int
    low: int


def file_version(path: Path) -> str:
    """`10.17.2.61`, empty where the file is missing or carries no version."""
    if sys.platform == "win32":
        library = ctypes.WinDLL("version")
        name = str(path)
        size = library.GetFileVersionInfoSizeW(ctypes.c_wchar_p(name), None)
        if not size:
            return ""
        block = ctypes.create_string_buffer(size)
        if not library.GetFileVersionInfoW(ctypes.c_wchar_p(name), 0, size, block):
            return ""
        found, length = ctypes.c_void_p(), ctypes.c_uint()
        asked = library.VerQueryValueW(
            block, ctypes.c_wchar_p("\\"), ctypes.byref(found), ctypes.byref(length)
        )
        if not asked or found.value is None or length.value < ctypes.sizeof(_FixedFileInfo):
            return ""
        info = _FixedFileInfo.from_address(found.value)
        if info.signature != _SIGNATURE:
            return ""
        return f"{info.high >> 16}.{info.high & 0xFFFF}.{info.low >> 16}.{info.low & 0xFFFF}"
    return ""
