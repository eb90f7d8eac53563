# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Which of the installed applications run now, asked from Windows. They are named, never ended."""

import ctypes
import ntpath
import os
import sys
import time
from collections.abc import Sequence
from ctypes import wintypes
from dataclasses import replace

from connection_client.domain.installed import InstalledProduct
from connection_client.system.msix_packages import is_packaged
from connection_client.system.windows_user import asked, session_id

_OWN_PRODUCT = "connection-client"
_LONGEST_PATH = 32_768
_MOST = 16_384
_PAUSE_SECONDS = 0.1
_RESTORE = 9  # SW_RESTORE
_CLOSE = 0x0010  # WM_CLOSE
_LONGEST_TITLE = 512


class WindowsProcesses:
    """Implements `updates.install.Applications`."""

    def running(self, products: Sequence[InstalledProduct]) -> frozenset[str]:
        """The ids of those of which a program runs. This client is left out: it comes back by itself."""
        wanted = [product for product in products if product.launch and product.product_id != _OWN_PRODUCT]
        programs = {ntpath.normcase(program) for program in running_programs()} if wanted else set()
        return frozenset(
            product.product_id for product in wanted if any(is_of(product, program) for program in programs)
        )

    def bring_to_front(self, installed: InstalledProduct) -> bool:
        """Implements `launch.ports.Windows`: the first window of its program comes up, not minimised."""
        windows = _windows_of(installed)
        return bool(windows) and _shown_in_front(windows[0])

    def titles(self, product: InstalledProduct) -> tuple[str, ...]:
        """What stands above its windows."""
        return tuple(dict.fromkeys(title for title in map(_title, _windows_of(product)) if title))

    def ask_to_close(self, product: InstalledProduct) -> bool:
        """Press the cross of each of its windows, so to say; False where there is none."""
        windows = _windows_of(product)
        for window in windows:
            _ask_to_close(window)
        return bool(windows)


def is_of(product: InstalledProduct, program: str) -> bool:
    """Whether a program that runs is the one that is started, or a part of the product in its folder.

    Explorer starts what lies in an MSIX package, so there every program of the package counts.
    """
    if product.launch is None:
        return False
    running = ntpath.normcase(program)
    if is_packaged(product.launch):
        return any(running.startswith(folder) for folder in _package_folders(product))
    started = ntpath.normcase(product.launch.command[0])
    parts = {ntpath.normcase(name) for name in product.parts}
    below = running.startswith(ntpath.dirname(started) + "\\")
    return running == started or (below and ntpath.basename(running) in parts)


def _package_folders(product: InstalledProduct) -> tuple[str, ...]:
    folders = (evidence.where for evidence in product.evidence if evidence.source == "msix")
    return tuple(ntpath.normcase(folder).rstrip("\\") + "\\" for folder in folders)


def running_programs() -> list[str]:
    """The full path of every program that runs and may be seen by this person."""
    return [program for number in _process_ids() if (program := program_of(number))]


def program_of(process_id: int) -> str:
    """The full path of the program that a process runs; empty where it ended or is somebody else's."""
    if sys.platform == "win32":
        with asked(process_id) as process:
            if not process:
                return ""
            path, size = ctypes.create_unicode_buffer(_LONGEST_PATH), wintypes.DWORD(_LONGEST_PATH)
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            told = kernel.QueryFullProcessImageNameW(wintypes.HANDLE(process), 0, path, ctypes.byref(size))
            return path.value if told else ""
    return ""


def wait_until_alone(programs: Sequence[str], seconds: float) -> bool:
    """Whether within that time no other process of this session runs one of the programs any more."""
    wanted = {ntpath.normcase(program) for program in programs}
    own, deadline = os.getpid(), time.monotonic() + seconds
    while True:
        others = [number for number in _process_ids() if ntpath.normcase(program_of(number)) in wanted]
        if not any(number != own and session_id(number) == session_id() for number in others):
            return True
        if time.monotonic() > deadline:
            return False
        time.sleep(_PAUSE_SECONDS)


def _process_ids() -> list[int]:
    if sys.platform == "win32":
        numbers, used = (wintypes.DWORD * _MOST)(), wintypes.DWORD()
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        if kernel.K32EnumProcesses(numbers, ctypes.sizeof(numbers), ctypes.byref(used)):
            return list(numbers[: used.value // ctypes.sizeof(wintypes.DWORD)])
    return []


def _windows_of(product: InstalledProduct) -> list[int]:
    """Those that people see, the topmost first."""
    if product.launch is None:
        return []
    alone = replace(product, parts=())  # parts run without windows, or with windows of others
    return [window for window, number in _shown_windows() if is_of(alone, program_of(number))]


def _title(window: int) -> str:
    if sys.platform == "win32":
        text = ctypes.create_unicode_buffer(_LONGEST_TITLE)
        ctypes.WinDLL("user32").GetWindowTextW(wintypes.HWND(window), text, _LONGEST_TITLE)
        return text.value
    return ""


def _ask_to_close(window: int) -> None:
    if sys.platform == "win32":
        ctypes.WinDLL("user32").PostMessageW(wintypes.HWND(window), _CLOSE, 0, 0)


def _shown_windows() -> list[tuple[int, int]]:
    """Every window that people see, the topmost first, with the id of its process."""
    found: list[tuple[int, int]] = []
    if sys.platform == "win32":
        user = ctypes.WinDLL("user32")

        def look(window: int, _: int) -> bool:
            number = wintypes.DWORD()
            handle = wintypes.HWND(window)
            user.GetWindowThreadProcessId(handle, ctypes.byref(number))
            if user.IsWindowVisible(handle) and user.GetWindowTextLengthW(handle):
                found.append((window, int(number.value)))
            return True

        user.EnumWindows(ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)(look), 0)
    return found


def _shown_in_front(window: int) -> bool:
    if sys.platform == "win32":
        user = ctypes.WinDLL("user32")
        handle = wintypes.HWND(window)
        if user.IsIconic(handle):
            user.ShowWindow(handle, _RESTORE)
        return bool(user.SetForegroundWindow(handle))
    return False
