# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What setups and packages for Windows, rpm packages, AppImages and packages for macOS say about themselves.

Sources: the PE format and its version resource, Windows Installer's table `Property` and its summary
information, the manifest of MSIX, rpm's header, the ELF header of an AppImage. What a file does not say is
left empty for the publisher to say.
"""

import os
import re
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pefile  # type: ignore[import-untyped]

from connect_center.publisher.errors import PackageNotReadable
from connect_center.publisher.msix_package import read_msix

_COMPARABLE = re.compile(r"[0-9]+(\.[0-9]+){0,4}")
_PATIENCE = 60  # seconds
_MACHINES = {0x014C: "x86", 0x8664: "x64", 0xAA64: "arm64"}
_MSI_TEMPLATES = {"": "x86", "Intel": "x86", "x64": "x64", "Arm64": "arm64"}
_MSIX_ARCHITECTURES = {"neutral": "any", "x86": "x86", "x64": "x64", "arm64": "arm64"}
_RPM_ARCHITECTURES = {"noarch": "any", "x86_64": "x64", "i386": "x86", "i686": "x86", "aarch64": "arm64"}
_ELF_MACHINES = {0x3E: "x64", 0x03: "x86", 0xB7: "arm64"}
_MAKERS = ((b"Nullsoft", "nsis"), (b"Inno Setup", "inno"), (b".wixburn", "burn"))
_NAMED_VERSION = re.compile(r"-v?([0-9]+(?:\.[0-9]+){0,4})(?=[-.])")
_TRAILER = 512  # bytes
_SEARCHED = 4 << 20  # bytes in which a setup's maker names itself


@dataclass(frozen=True)
class Said:
    """What the file says; empty where it says nothing. `detect` are rules of the catalogue."""

    system: str
    kind: str
    name: str = ""
    version: str = ""
    architecture: str = ""
    title: str = ""
    installed_size: int = 0
    scope: str = "machine"
    elevation: str = "required"
    detect: tuple[dict[str, str], ...] = field(default=())


def said_by(path: Path) -> Said:
    """Read the file by its ending. Raises PackageNotReadable, OSError."""
    return _READERS[path.suffix.lower()](path)


def _setup(path: Path) -> Said:
    try:
        with pefile.PE(str(path), fast_load=True) as read:
            read.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_RESOURCE"]])
            told, machine = _version_resource(read), read.FILE_HEADER.Machine
    except pefile.PEFormatError as error:
        raise _unreadable(path, "a program for Windows", error) from error
    with path.open("rb") as stream:
        begin = stream.read(_SEARCHED)
    title = told.get("ProductName", "")
    version = told.get("ProductVersion") or told.get("FileVersion", "")
    return Said(
        "windows",
        next((kind for mark, kind in _MAKERS if mark in begin), "exe"),
        title,
        version.replace(", ", ".").strip(),
        _MACHINES.get(machine, ""),
        title,
        detect=({"type": "arp-name", "name": f"^{re.escape(title)}$"},) if title else (),
    )


def _version_resource(read: Any) -> dict[str, str]:
    """The texts of VS_VERSIONINFO, of its first language."""
    for info in getattr(read, "FileInfo", ()):
        for part in info:
            for table in getattr(part, "StringTable", ()):
                return {
                    key.decode(errors="replace"): value.decode(errors="replace").strip("\0 ")
                    for key, value in table.entries.items()
                }
    return {}


def _msi(path: Path) -> Said:
    rows = _output(path, ["msiinfo", "export", str(path), "Property"], "msitools").splitlines()
    properties = dict(row.split("\t", 1) for row in rows if "\t" in row)
    summary = _output(path, ["msiinfo", "suminfo", str(path)], "msitools")
    template = re.search(r"^Template: *([^;\r\n]*)", summary, re.MULTILINE)
    upgrade, title = properties.get("UpgradeCode", ""), properties.get("ProductName", "")
    person = properties.get("ALLUSERS", "") == "" and "MSIINSTALLPERUSER" in properties
    return Said(
        "windows",
        "msi",
        title,
        properties.get("ProductVersion", ""),
        _MSI_TEMPLATES.get(template[1].strip() if template else "", ""),
        title,
        scope="user" if person else "machine",
        elevation="none" if person else "required",
        detect=({"type": "msi-upgrade-code", "value": upgrade},) if upgrade else (),
    )


def _msix(path: Path) -> Said:
    try:
        told = read_msix(path)
    except ValueError as error:
        raise _unreadable(path, "an MSIX package", error) from error
    return Said(
        "windows",
        "msix",
        told.title or told.name,
        told.version,
        _MSIX_ARCHITECTURES.get(told.architecture, ""),
        told.title,
        scope="user",
        elevation="none",
        detect=({"type": "msix-family", "value": told.family},),
    )


def _rpm(path: Path) -> Said:
    wanted = r"%{NAME}\n%{VERSION}\n%{ARCH}\n%{SIZE}\n%{SUMMARY}\n"
    words = ["rpm", "-qp", "--nosignature", "--qf", wanted, str(path)]
    name, version, architecture, size, title = [*_output(path, words, "rpm").splitlines(), *[""] * 5][:5]
    return Said(
        "linux",
        "rpm",
        name,
        version,
        _RPM_ARCHITECTURES.get(architecture, ""),
        title,
        int(size) if size.isdecimal() else 0,
        detect=({"type": "rpm", "value": name},),
    )


def _appimage(path: Path) -> Said:
    with path.open("rb") as stream:
        begin = stream.read(20)
    if begin[:4] != b"\x7fELF" or begin[8:10] != b"AI":
        raise _unreadable(path, "an AppImage", "its first bytes are others")
    version = _NAMED_VERSION.search(path.name)
    return Said(
        "linux",
        "appimage",
        re.split(r"-v?[0-9]|[-.](?:x86_64|aarch64|AppImage)", path.name)[0],
        version[1] if version else "",
        _ELF_MACHINES.get(int.from_bytes(begin[18:20], "little"), ""),
        scope="user",
        elevation="none",
    )


def _pkg(path: Path) -> Said:
    with path.open("rb") as stream:
        if stream.read(4) != b"xar!":
            raise _unreadable(path, "a package for macOS", "its first bytes are others")
    return Said("macos", "pkg", path.stem, architecture="universal")


def _dmg(path: Path) -> Said:
    """A disk image of Apple's (UDIF) ends with a block that begins with `koly`."""
    with path.open("rb") as stream:
        stream.seek(-min(_TRAILER, path.stat().st_size), os.SEEK_END)
        if stream.read(4) != b"koly":
            raise _unreadable(path, "a disk image for macOS", "its last block is another")
    return Said("macos", "dmg-app", path.stem, architecture="universal", elevation="self")


_READERS: dict[str, Callable[[Path], Said]] = {
    ".exe": _setup,
    ".msi": _msi,
    ".msix": _msix,
    ".rpm": _rpm,
    ".appimage": _appimage,
    ".pkg": _pkg,
    ".dmg": _dmg,
}
ENDINGS = tuple(_READERS)


def _output(path: Path, words: Sequence[str], package: str) -> str:
    try:
        done = subprocess.run(words, capture_output=True, timeout=_PATIENCE, check=False)
    except FileNotFoundError:
        raise PackageNotReadable(
            f"{path.name} is read by the program {words[0]}, which is not here. Nothing was published. "
            f"Install Debian's package {package} and run this again."
        ) from None
    if done.returncode:
        raise _unreadable(path, f"a package of the kind {path.suffix}", done.stderr.decode(errors="replace"))
    return done.stdout.decode(errors="replace")


def _unreadable(path: Path, what: str, reason: object) -> PackageNotReadable:
    return PackageNotReadable(
        f"{path} cannot be read as {what} ({str(reason).strip()}). Nothing was published. Build it again."
    )
