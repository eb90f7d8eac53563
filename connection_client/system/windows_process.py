# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Starts programs on Windows as the person's shell would: nothing of this program is inherited.

Argument lists throughout; the only text is made by `subprocess.list2cmdline`, whose rules programs expect.
"""

import ctypes
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from ctypes import wintypes
from pathlib import Path
from typing import IO

from connection_client.system.linux_launch import clean_environment

ELEVATION_REQUIRED = 740
CANCELLED = 1223  # the person said no to the question for rights
_NO_CLOSE, _NO_ASYNC, _NO_UI = 0x40, 0x100, 0x400
_SHOW = 1
_AT_RESTART = 0x4  # MOVEFILE_DELAY_UNTIL_REBOOT


class _ShellExecuteInfo(ctypes.Structure):
    """SHELLEXECUTEINFOW."""

    _fields_ = (
        ("size", wintypes.DWORD),
        ("mask", wintypes.ULONG),
        ("window", wintypes.HWND),
        ("verb", wintypes.LPCWSTR),
        ("file", wintypes.LPCWSTR),
        ("parameters", wintypes.LPCWSTR),
        ("folder", wintypes.LPCWSTR),
        ("show", ctypes.c_int),
        ("instance", wintypes.HINSTANCE),
        ("ids", ctypes.c_void_p),
        ("kind", wintypes.LPCWSTR),
        ("kind_key", wintypes.HKEY),
        ("hot_key", wintypes.DWORD),
        ("icon", wintypes.HANDLE),
        ("process", wintypes.HANDLE),
    )


def is_elevated() -> bool:
    """Whether this process has administrator rights now."""
    if sys.platform == "win32":
        return bool(ctypes.WinDLL("shell32").IsUserAnAdmin())
    raise NotImplementedError


def spawn(
    command: Sequence[str], folder: Path | None, output: IO[bytes], variables: Mapping[str, str] | None = None
) -> "subprocess.Popen[bytes]":
    """Start a program in a process group of its own; raises OSError with `winerror`.

    `variables` go over those of its environment.
    """
    if sys.platform == "win32":
        if getattr(sys, "frozen", False):
            # The packed program looks for libraries in its own folder, and children would do so as well.
            ctypes.WinDLL("kernel32").SetDllDirectoryW(None)
        return subprocess.Popen(
            list(command),
            cwd=folder,
            env={**clean_environment(os.environ), **(variables or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            creationflags=subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_DEFAULT_ERROR_MODE,
        )
    raise NotImplementedError


def start_elevated(command: Sequence[str]) -> int:
    """Ask the person for administrator rights and start it; the id of its process, or OSError."""
    if sys.platform == "win32":
        program, *arguments = command
        info = _ShellExecuteInfo(
            size=ctypes.sizeof(_ShellExecuteInfo),
            mask=_NO_CLOSE | _NO_ASYNC | _NO_UI,
            verb="runas",
            file=program,
            parameters=subprocess.list2cmdline(arguments),
            show=_SHOW,
        )
        shell = ctypes.WinDLL("shell32", use_last_error=True)
        if not shell.ShellExecuteExW(ctypes.byref(info)):
            raise ctypes.WinError(ctypes.get_last_error())
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        process = wintypes.HANDLE(info.process)
        try:
            return int(kernel.GetProcessId(process))
        finally:
            kernel.CloseHandle(process)
    raise NotImplementedError


def remove_at_restart(folder: Path) -> None:
    """Have Windows remove a folder and all in it when it starts next; needs administrator rights."""
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        for parent, _, files in os.walk(folder, topdown=False):
            for path in (*(os.path.join(parent, name) for name in files), parent):  # noqa: PTH118  # walked
                kernel.MoveFileExW(ctypes.c_wchar_p(path), None, wintypes.DWORD(_AT_RESTART))
