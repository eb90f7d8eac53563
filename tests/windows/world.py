# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Things are installed on a Windows computer: real registry keys and setups, removed afterwards."""

import ctypes
import subprocess
import sys
import winreg
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from connection_client.system.windows_registry import UNINSTALL, Branch

T = TypeVar("T")
UNDER_WINE = sys.platform == "win32" and hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")
SETUPS = Path(__file__).resolve().parents[2] / "build" / "windows" / "setups"
FOR_ALL, FOR_ALL_32, FOR_ONE = Branch("HKLM", 64), Branch("HKLM", 32), Branch("HKCU", 64)


@contextmanager
def key(branch: Branch, path: str, **values: str | int) -> Iterator[None]:
    """A registry key with values; an integer is a DWORD, the value named `default` is the key's own."""
    write_key(branch, path, values)
    try:
        yield
    finally:
        _remove_values(branch, path, values)


def _remove_values(branch: Branch, path: str, names: Iterable[str]) -> None:
    if sys.platform == "win32":
        with winreg.OpenKey(_hive(branch), path, 0, winreg.KEY_ALL_ACCESS | _view(branch)) as opened:
            for name in names:
                winreg.DeleteValue(opened, "" if name == "default" else name)
            keys, left, _ = winreg.QueryInfoKey(opened)
        if not keys and not left:
            remove_key(branch, path)


def write_key(branch: Branch, path: str, values: dict[str, str | int]) -> None:
    """Write a registry key that stays."""
    if sys.platform == "win32":
        access = winreg.KEY_ALL_ACCESS | _view(branch)
        with winreg.CreateKeyEx(_hive(branch), path, 0, access) as opened:
            for name, value in values.items():
                kind = winreg.REG_DWORD if isinstance(value, int) else winreg.REG_SZ
                winreg.SetValueEx(opened, "" if name == "default" else name, 0, kind, value)


def remove_key(branch: Branch, path: str) -> None:
    """Remove a registry key that has no keys below it."""
    if sys.platform == "win32":
        with suppress(FileNotFoundError):
            winreg.DeleteKeyEx(_hive(branch), path, _view(branch), 0)


@contextmanager
def registered(branch: Branch, name: str, **values: str | int) -> Iterator[None]:
    """A program that registered itself for removal."""
    with key(branch, rf"{UNINSTALL}\{name}", **values):
        yield


@contextmanager
def installed(version: str, scope: str = "user") -> Iterator[None]:
    """The small setup, installed silently and removed at the end."""
    subprocess.run([SETUPS / f"small-{version}.exe", "/S", f"/SCOPE={scope}"], check=True, timeout=60)
    try:
        yield
    finally:
        remove_small_viewer()


def remove_small_viewer() -> None:
    """Take away what the small setup installed, with its own remover."""
    for branch in (FOR_ALL, FOR_ONE):
        location = value_of(branch, rf"{UNINSTALL}\small-viewer", "InstallLocation")
        if isinstance(location, str):
            # `_?=` keeps NSIS's remover from copying itself elsewhere and returning at once.
            remover = f'"{location}\\unins000.exe" /S _?={location}'
            subprocess.run(remover, check=True, timeout=60)


def value_of(branch: Branch, path: str, name: str) -> object:
    """A value of the registry, None where it is not."""
    if sys.platform == "win32":
        with (
            suppress(FileNotFoundError),
            winreg.OpenKey(_hive(branch), path, 0, winreg.KEY_READ | _view(branch)) as opened,
        ):
            value: object = winreg.QueryValueEx(opened, name)[0]
            return value
    return None


if sys.platform == "win32":

    def _hive(branch: Branch) -> int:
        return winreg.HKEY_LOCAL_MACHINE if branch.hive == "HKLM" else winreg.HKEY_CURRENT_USER

    def _view(branch: Branch) -> int:
        return winreg.KEY_WOW64_64KEY if branch.bits == 64 else winreg.KEY_WOW64_32KEY
