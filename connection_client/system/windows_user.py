# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Who runs this process on Windows, and the access rights that let nobody else in."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import wintypes

_TOKEN_QUERY = 0x0008
_TOKEN_USER = 1
_QUERY_LIMITED = 0x1000
_SDDL_REVISION = 1


class SecurityAttributes(ctypes.Structure):
    """SECURITY_ATTRIBUTES; keep it alive as long as a call uses it."""

    _fields_ = (
        ("length", wintypes.DWORD),
        ("descriptor", ctypes.c_void_p),
        ("inherited", wintypes.BOOL),
    )


@contextmanager
def asked(process_id: int) -> Iterator[int | None]:
    """A handle for questions about a process; None where it has ended or hides it."""
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = wintypes.HANDLE
        process: int | None = kernel.OpenProcess(_QUERY_LIMITED, wintypes.BOOL(0), wintypes.DWORD(process_id))
        try:
            yield process
        finally:
            if process:
                kernel.CloseHandle(wintypes.HANDLE(process))
    else:
        yield None


def own_sid() -> str:
    """The security identifier of the person, `S-1-5-21-…`."""
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        return _sid_of_process(kernel.GetCurrentProcess())
    raise NotImplementedError


def sid_of(process_id: int) -> str:
    """The security identifier under which a process runs; empty where it has ended or hides it."""
    if sys.platform == "win32":
        with asked(process_id) as process:
            try:
                return _sid_of_process(process) if process else ""
            except OSError:
                return ""
    raise NotImplementedError


def session_id(process: int = 0) -> int:
    """The desktop session of a process, this one where 0: one person may have several on a server."""
    if sys.platform == "win32":
        number = wintypes.DWORD()
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        if not kernel.ProcessIdToSessionId(wintypes.DWORD(process or os.getpid()), ctypes.byref(number)):
            return 0
        return int(number.value)
    raise NotImplementedError


def only_for(sid: str, *others: str) -> SecurityAttributes:
    """Attributes that give everything to one person and refuse whoever comes over the network.

    `others` may use it as well: security identifiers, or their letters in SDDL.
    """
    # O: owner, D:P a list that inherits nothing, NU everybody who came over the network.
    allowed = "".join(f"(A;;GA;;;{who})" for who in (sid, *others))
    return security_attributes(f"O:{sid}D:P(D;;GA;;;NU){allowed}")


def security_attributes(sddl: str) -> SecurityAttributes:
    """Attributes from their text; raises OSError."""
    if sys.platform == "win32":
        advapi = ctypes.WinDLL("advapi32", use_last_error=True)
        descriptor = ctypes.c_void_p()
        made = advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW(
            ctypes.c_wchar_p(sddl), _SDDL_REVISION, ctypes.byref(descriptor), None
        )
        if not made:
            raise ctypes.WinError(ctypes.get_last_error())
        return SecurityAttributes(ctypes.sizeof(SecurityAttributes), descriptor, 0)
    raise NotImplementedError


def _sid_of_process(process: int) -> str:
    if sys.platform == "win32":
        advapi = ctypes.WinDLL("advapi32", use_last_error=True)
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        token = wintypes.HANDLE()
        if not advapi.OpenProcessToken(wintypes.HANDLE(process), _TOKEN_QUERY, ctypes.byref(token)):
            raise ctypes.WinError(ctypes.get_last_error())
        try:
            size = wintypes.DWORD()
            advapi.GetTokenInformation(token, _TOKEN_USER, None, 0, ctypes.byref(size))
            block = ctypes.create_string_buffer(size.value)
            if not advapi.GetTokenInformation(token, _TOKEN_USER, block, size, ctypes.byref(size)):
                raise ctypes.WinError(ctypes.get_last_error())
            text = ctypes.c_wchar_p()
            sid = ctypes.c_void_p.from_buffer(block)  # TOKEN_USER begins with the pointer
            if not advapi.ConvertSidToStringSidW(sid, ctypes.byref(text)):
                raise ctypes.WinError(ctypes.get_last_error())
            value = text.value or ""
            kernel.LocalFree(text)
            return value
        finally:
            kernel.CloseHandle(token)
    raise NotImplementedError
