# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Applications as macOS keeps them: folders whose name ends in .app, which say in Info.plist what they are.

Source: "Information Property List" and "Bundle Structures" (developer.apple.com).
"""

import logging
import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from connection_client.domain.installed import LaunchTarget
from connection_client.domain.property_list import LARGEST, dictionary_in

_LOG = logging.getLogger(__name__)
_ENDING = ".app"
_LONGEST = 200  # characters of one value
_BINARY = b"bplist"
_IDENTIFIER = re.compile(rb"<key>CFBundleIdentifier</key>\s*<string>([^<]*)")


@dataclass(frozen=True)
class Bundle:
    """An application; `program` is the file that runs, or None where it is missing."""

    path: Path
    identifier: str
    short_version: str = ""
    build: str = ""
    name: str = ""
    program: Path | None = None

    @property
    def version(self) -> str:
        """The version that people are shown, with the build's further parts where it only adds some.

        Apple wants three numbers at most in CFBundleShortVersionString; publishers with four put the whole
        into CFBundleVersion: 10.2.0 and 10.2.0.7.
        """
        if not self.short_version or self.build.startswith(f"{self.short_version}."):
            return self.build
        return self.short_version

    @property
    def told(self) -> str:
        """Both versions, as they stand there."""
        texts = dict.fromkeys(text for text in (self.short_version, self.build) if text)
        return " / ".join(texts)

    @property
    def launch(self) -> LaunchTarget | None:
        """How it is started; None where its program is missing."""
        return LaunchTarget((str(self.program),)) if self.program is not None else None


def application_folders(home: Path | None = None, root: Path = Path("/")) -> tuple[Path, ...]:
    """Where applications lie: everybody's first, then the person's own."""
    return root / "Applications", (home or Path.home()) / "Applications"


def bundles_in(folders: Iterable[Path], wanted: Collection[str] = ()) -> Iterator[Bundle]:
    """Every readable application in `folders` and one folder below, by name, once each.

    With `wanted`, identifiers in small letters, those that are surely none of them may be left out.
    """
    seen: set[tuple[int, int]] = set()
    for path in _candidates(folders):
        try:
            found = path.stat()
        except OSError:
            continue  # a link that leads nowhere
        if (found.st_dev, found.st_ino) not in seen:
            seen.add((found.st_dev, found.st_ino))
            bundle = read_bundle(path, wanted)
            if bundle is not None:
                yield bundle


def read_bundle(path: Path, wanted: Collection[str] = ()) -> Bundle | None:
    """What the application at `path` says of itself; None, and a line in the log, where that is not sane.

    None as well where it is surely not one of `wanted`.
    """
    try:
        content = _content_of(path / "Contents" / "Info.plist")
        if wanted and not _may_be(content, wanted):
            return None
        values = dictionary_in(content)
        identifier = text_of(values, "CFBundleIdentifier")
        if not identifier:
            raise ValueError("no CFBundleIdentifier")  # noqa: TRY301  # told as all other reasons are
    except (OSError, ValueError) as error:
        _LOG.info("%s is left out: %s", ascii(str(path)), ascii(str(error)))
        return None
    return Bundle(
        path=path,
        identifier=identifier,
        short_version=text_of(values, "CFBundleShortVersionString"),
        build=text_of(values, "CFBundleVersion"),
        name=text_of(values, "CFBundleDisplayName") or text_of(values, "CFBundleName") or path.stem,
        program=_program(path, text_of(values, "CFBundleExecutable")),
    )


def read_property_list(path: Path) -> dict[str, object]:
    """The values in a file; raises OSError, and ValueError where it is no file or no good list."""
    return dictionary_in(_content_of(path))


def _content_of(path: Path) -> bytes:
    """A pipe or a device with the name of a list is not waited for."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise ValueError("no file")
        return file.read(LARGEST + 1)


def _may_be(content: bytes, wanted: Collection[str]) -> bool:
    """Whether one of `wanted` may be in a list: a look at its text costs a tenth of reading it.

    Identifiers are letters, digits, dots and dashes, which both formats hold as they are.
    """
    if not content.startswith(_BINARY):
        found = _IDENTIFIER.findall(content)
        plain = bool(found) and all(one and b"&" not in one for one in found)
        return not plain or any(one.decode("utf-8", "replace").strip().casefold() in wanted for one in found)
    text = content.lower()
    return any(one.encode() in text for one in wanted)


def bundle_around(program: str) -> Path | None:
    """The application that a program is inside of; None where it is in none."""
    path = Path(program)
    return next((parent for parent in path.parents if parent.suffix.lower() == _ENDING), None)


def _candidates(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for entry in _entries(folder):
            if _is_application(entry):
                yield Path(entry.path)
            elif entry.is_dir(follow_symlinks=False):
                yield from (
                    Path(inner.path) for inner in _entries(Path(entry.path)) if _is_application(inner)
                )


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What is in a folder, by name; what is hidden is being installed or removed."""
    try:
        with os.scandir(folder) as entries:
            return sorted((one for one in entries if not one.name.startswith(".")), key=lambda one: one.name)
    except OSError:
        return []


def _is_application(entry: os.DirEntry[str]) -> bool:
    return entry.name.lower().endswith(_ENDING) and entry.is_dir()


def _program(bundle: Path, name: str) -> Path | None:
    if not name or "/" in name or name in (".", ".."):
        return None
    program = bundle / "Contents" / "MacOS" / name
    return program if program.is_file() else None


def text_of(values: Mapping[str, object], key: str) -> str:
    """A short text of one line; empty where something else stands there."""
    value = values.get(key)
    text = value.strip() if isinstance(value, str) else ""
    return text if text.isprintable() and len(text) <= _LONGEST else ""
