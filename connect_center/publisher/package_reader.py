# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Reads from a package what the catalogue says about it, so that nobody types it.

Sources: deb(5), deb-control(5), and the Desktop Entry Specification for names and programs.
"""

import configparser
import hashlib
import re
import shlex
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from debian.arfile import ArError
from debian.deb822 import PkgRelation
from debian.debfile import DebFile

from connect_center.publisher.errors import PackageNotReadable
from connect_center.publisher.other_packages import Said, said_by

_ARCHITECTURES = {"all": "any", "amd64": "x64", "i386": "x86", "arm64": "arm64"}
_COMPARABLE = re.compile(r"[0-9]+(\.[0-9]+){0,4}")
_FILENAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}\.(?:deb|rpm|exe|msi|msix|pkg|dmg|AppImage)")
_ELEVATIONS = {"user": "none", "machine": "required"}
_KIBIBYTE = 1024


@dataclass(frozen=True)
class Dependency:
    """A package that must be installed first; `minimum` is a version or empty."""

    name: str
    minimum: str = ""


@dataclass(frozen=True)
class PackageFacts:
    """What a package says about itself; sizes in bytes, `architecture` in the catalogue's words.

    `detect` are rules of the catalogue, strongest first.
    """

    filename: str
    package: str
    version: str
    architecture: str
    title: str
    length: int
    sha256: str
    installed_size: int
    depends: tuple[Dependency, ...]
    programs: tuple[str, ...]
    system: str = "linux"
    kind: str = "deb"
    scope: str = "machine"
    elevation: str = "required"
    detect: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True)
class Stated:
    """What the publisher states of a file that does not say it itself."""

    version: str = ""
    architecture: str = ""
    scope: str = ""


NOTHING_STATED = Stated()


def read_package(path: Path, stated: Stated = NOTHING_STATED) -> PackageFacts:
    """Read a package by its ending. Raises PackageNotReadable with the reason."""
    if not _FILENAME.fullmatch(path.name):
        raise PackageNotReadable(
            f"{path.name} is no file name that clients accept. Nothing was published. "
            "Use letters, digits, dots, dashes and underscores, and the ending "
            ".deb, .rpm, .AppImage, .exe, .msi, .msix, .pkg or .dmg."
        )
    return _debian(path, stated) if path.suffix == ".deb" else _other(path, stated)


def _other(path: Path, stated: Stated) -> PackageFacts:
    try:
        sha256 = _sha256_of(path)
        said = said_by(path)
    except OSError as error:
        raise PackageNotReadable(
            f"{path} cannot be read ({error.strerror}). Nothing was published."
        ) from error
    architecture = stated.architecture or said.architecture
    if not architecture:
        raise PackageNotReadable(
            f"{path.name} does not say for which computers it is. Nothing was published. State it: --arch x64"
        )
    return PackageFacts(
        filename=path.name,
        package=said.name or path.stem,
        version=_version(path.name, said, stated.version),
        architecture=architecture,
        title=said.title,
        length=path.stat().st_size,
        sha256=sha256,
        installed_size=said.installed_size,
        depends=(),
        programs=(),
        system=said.system,
        kind=said.kind,
        scope=stated.scope or said.scope,
        elevation=said.elevation if stated.scope in ("", said.scope) else _ELEVATIONS[stated.scope],
        detect=said.detect,
    )


def _sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _version(filename: str, said: Said, stated: str) -> str:
    """The file's own; a setup's may be that of the tool that made it, so there the stated one counts."""
    if stated and said.system == "windows" and said.kind not in ("msi", "msix"):
        return _comparable(filename, stated)
    if _COMPARABLE.fullmatch(said.version):
        if stated and stated != said.version:
            raise PackageNotReadable(
                f"{filename} says that it is {said.version}, not {stated}. Nothing was published. "
                "Leave --version out, or choose the other file."
            )
        return said.version
    if not stated:
        raise PackageNotReadable(
            f"{filename} does not say its version in numbers and dots (“{said.version}”). "
            "Nothing was published. State it: --version 1.2.3"
        )
    return _comparable(filename, stated)


def _debian(path: Path, stated: Stated) -> PackageFacts:
    try:
        sha256 = _sha256_of(path)
        with DebFile(str(path)) as deb:
            control = deb.debcontrol()
            entries = _desktop_entries(deb)
    except (ArError, OSError, ValueError, KeyError, EOFError) as error:
        raise PackageNotReadable(
            f"{path} cannot be read as a Debian package ({error}). Nothing was published. Build it again."
        ) from error
    version = _comparable(path.name, control.get("Version", ""))
    if stated.version and stated.version != version:
        raise PackageNotReadable(f"{path.name} says that it is {version}. Nothing was published.")
    return PackageFacts(
        filename=path.name,
        package=control.get("Package", ""),
        version=version,
        architecture=_architecture(path.name, control.get("Architecture", "")),
        title=next((entry["Name"] for entry in entries if "Name" in entry), "")
        or _synopsis(control.get("Description", "")),
        length=path.stat().st_size,
        sha256=sha256,
        installed_size=int(control.get("Installed-Size", "0") or 0) * _KIBIBYTE,
        depends=_dependencies(control.get("Depends", "")),
        programs=_programs(entries),
    )


def _comparable(filename: str, version: str) -> str:
    if not _COMPARABLE.fullmatch(version):
        raise PackageNotReadable(
            f"{filename} has the version “{version}”, whose order clients could only guess. "
            "Nothing was published. Build it with one to five numbers and dots, without epoch or revision."
        )
    return version


def _architecture(filename: str, name: str) -> str:
    if name not in _ARCHITECTURES:
        raise PackageNotReadable(
            f"{filename} is for the architecture “{name}”, which no client runs on. Nothing was published. "
            f"Build it for one of {', '.join(_ARCHITECTURES)}."
        )
    return _ARCHITECTURES[name]


def _synopsis(description: str) -> str:
    return description.partition("\n")[0].strip()


def _dependencies(depends: str) -> tuple[Dependency, ...]:
    if not depends.strip():
        return ()
    found = []
    for alternatives in PkgRelation.parse_relations(depends):
        first = alternatives[0]
        relation = first["version"]
        minimum = relation[1] if relation and relation[0] in (">=", "=") else ""
        found.append(Dependency(first["name"], minimum if _COMPARABLE.fullmatch(minimum) else ""))
    return tuple(found)


def _desktop_entries(deb: DebFile) -> list[dict[str, str]]:
    entries = []
    for member in deb.data.tgz().getmembers():
        folder = PurePosixPath("/", member.name)
        if member.isfile() and folder.match("/usr/share/applications/*.desktop"):
            text = deb.data.get_content(member.name, encoding="utf-8") or ""
            parser = configparser.RawConfigParser(interpolation=None, strict=False, delimiters=("=",))
            parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys differ by case: Name, Name[de]
            parser.read_string(str(text))
            if parser.has_section("Desktop Entry"):
                entries.append(dict(parser["Desktop Entry"]))
    return entries


def _programs(entries: list[dict[str, str]]) -> tuple[str, ...]:
    """The programs to close before an installation: what the desktop entries start."""
    commands = [shlex.split(entry["Exec"]) for entry in entries if entry.get("Exec")]
    return tuple(dict.fromkeys(PurePosixPath(command[0]).name for command in commands if command))
