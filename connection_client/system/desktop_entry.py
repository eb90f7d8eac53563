# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Desktop entries (Desktop Entry Specification 1.5): what an application's own file says how to start it.

Everything in them is somebody else's text: read, never run through a shell; a broken one gives nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from connection_client.domain.installed import LaunchTarget

_LARGEST = 256 * 1024  # bytes
_MOST_WORDS = 64
_ESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
_WORD = re.compile(r'"((?:[^"\\`$]|\\["`$\\])*)"|([^\s"\'\\><~|&;$*?#()`]+)')
_FIELD_CODE = re.compile(r"%[a-zA-Z]")


@dataclass(frozen=True)
class DesktopEntry:
    """The parts of an entry that matter here; `command` has its field codes taken out."""

    path: Path
    name: str
    command: tuple[str, ...]
    working_folder: Path | None
    is_shown: bool
    values: Mapping[str, str] = field(default_factory=dict, repr=False)

    def target(self) -> LaunchTarget:
        """How to start it."""
        return LaunchTarget(self.command, self.path, self.working_folder)


def read_desktop_entry(path: Path, shown_as: Path | None = None) -> DesktopEntry | None:
    """The entry in `path` (known as `shown_as` to people), or None where it starts no application."""
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError:
        return None
    if len(content) > _LARGEST:
        return None
    values = _main_group(content.decode("utf-8", "replace"))
    if values.get("Type") != "Application" or values.get("Hidden") == "true":
        return None
    command = split_exec(values.get("Exec", ""))
    if not command:
        return None
    folder = values.get("Path", "")
    return DesktopEntry(
        path=shown_as or path,
        name=values.get("Name", ""),
        command=command,
        working_folder=Path(folder) if folder.startswith("/") else None,
        is_shown=values.get("NoDisplay") != "true",
        values=values,
    )


def _main_group(text: str) -> dict[str, str]:
    values: dict[str, str] = {}
    inside = False
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped.startswith("["):
            if inside:
                break
            inside = stripped == "[Desktop Entry]"
        elif inside and "=" in stripped and not stripped.startswith("#"):
            key, _, value = stripped.partition("=")
            values.setdefault(key.rstrip(), _unescaped(value.lstrip()))
    return values


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[0]), value)


def split_exec(line: str) -> tuple[str, ...]:
    """The words of an `Exec` line; empty where its quoting is broken, for then its meaning is a guess."""
    words: list[str] = []
    position = 0
    while position < len(line):
        if line[position] in " \t":
            position += 1
            continue
        match = _WORD.match(line, position)
        if match is None or len(words) == _MOST_WORDS or "\0" in match[0]:
            return ()
        position = match.end()
        if position < len(line) and line[position] not in " \t":
            return ()
        quoted = match[1] is not None
        word = re.sub(r'\\(["`$\\])', r"\1", match[1]) if quoted else match[2]
        words.extend(_without_field_codes(word))
    return tuple(words) if words and words[0] else ()


def _without_field_codes(word: str) -> tuple[str, ...]:
    """Take out %f, %U and the like; files to open are handed over by whoever starts the application."""
    if _FIELD_CODE.fullmatch(word):
        return ()
    return (_FIELD_CODE.sub("", word.replace("%%", "\0")).replace("\0", "%"),)
