# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The parts of the Windows registry that tell of installed programs, read as frozen values.

What other programs wrote there is text, whatever they meant it to be; a key that cannot be read is passed
over.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

if sys.platform == "win32":
    import winreg

UNINSTALL = r"Software\Microsoft\Windows\CurrentVersion\Uninstall"
APP_PATHS = r"Software\Microsoft\Windows\CurrentVersion\App Paths"
_LONGEST_TEXT = 4096  # characters; what is longer is nobody's name, version or path


@dataclass(frozen=True)
class Branch:
    """A hive in one view: `HKLM` or `HKCU`, 64 or 32 bit."""

    hive: str
    bits: int

    def __str__(self) -> str:
        return f"{self.hive} ({self.bits}-bit)"


# The view of 32 bit exists only for the computer's own hive: the person's is one for both.
BRANCHES = (Branch("HKLM", 64), Branch("HKLM", 32), Branch("HKCU", 64))


@dataclass(frozen=True)
class UninstallEntry:
    """One program as it registered itself; every text may be empty, and may lie."""

    branch: Branch
    key: str
    name: str
    version: str
    publisher: str
    location: str
    icon: str
    hidden: bool

    @property
    def where(self) -> str:
        """The place of the entry, for people who want the evidence."""
        return rf"{self.branch}\{UNINSTALL}\{self.key}"


def uninstall_entries() -> Iterator[UninstallEntry]:
    """Every program that registered itself for removal, for all people of the computer or for this one."""
    for branch in BRANCHES:
        for key in subkeys(branch, UNINSTALL):
            values = values_of(branch, rf"{UNINSTALL}\{key}")
            if values:
                yield _entry(branch, key, values)


def _entry(branch: Branch, key: str, values: Mapping[str, object]) -> UninstallEntry:
    # Updates of a program name it as their parent: they are not the program.
    part_of_another = bool(_text(values, "parentkeyname") or _text(values, "releasetype"))
    return UninstallEntry(
        branch=branch,
        key=key,
        name=_text(values, "displayname"),
        version=_text(values, "displayversion"),
        publisher=_text(values, "publisher"),
        location=_text(values, "installlocation").strip('"'),
        icon=_text(values, "displayicon"),
        hidden=values.get("systemcomponent") == 1 or part_of_another,
    )


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    return value.strip()[:_LONGEST_TEXT] if isinstance(value, str) else ""


def subkeys(branch: Branch, path: str) -> tuple[str, ...]:
    """The names of the keys below `path`; none where it is missing or closed to us."""
    names: list[str] = []
    if sys.platform == "win32":
        with suppress(OSError), _opened(branch, path) as key:
            while True:  # EnumKey ends with OSError: no more data
                names.append(winreg.EnumKey(key, len(names)))
    return tuple(names)


def values_of(branch: Branch, path: str) -> dict[str, object]:
    """The values of a key by their names in small letters; empty where it is missing or closed to us."""
    values: dict[str, object] = {}
    if sys.platform == "win32":
        with suppress(OSError), _opened(branch, path) as key:
            for place in range(winreg.QueryInfoKey(key)[1]):
                name, value, _ = winreg.EnumValue(key, place)
                values[name.casefold()] = value
    return values


def last_writes(branch: Branch, path: str) -> tuple[int, ...]:
    """When the key was written last, and each key below it (100 ns since 1601); none where it is missing."""
    times: list[int] = []
    if sys.platform == "win32":
        with suppress(OSError), _opened(branch, path) as key:
            count, _, written = winreg.QueryInfoKey(key)
            times.append(written)
            for place in range(count):
                with suppress(OSError), winreg.OpenKey(key, winreg.EnumKey(key, place)) as below:
                    times.append(winreg.QueryInfoKey(below)[2])
    return tuple(times)


if sys.platform == "win32":

    def _opened(branch: Branch, path: str) -> winreg.HKEYType:
        hive = winreg.HKEY_LOCAL_MACHINE if branch.hive == "HKLM" else winreg.HKEY_CURRENT_USER
        view = winreg.KEY_WOW64_64KEY if branch.bits == 64 else winreg.KEY_WOW64_32KEY  # noqa: PLR2004  # bits
        return winreg.OpenKey(hive, path, 0, winreg.KEY_READ | view)
