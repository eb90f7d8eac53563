# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""How an installed program is started: its shortcut in the Start Menu, App Path, or icon."""

import ntpath
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from connection_client.domain.installed import LaunchTarget
from connection_client.system.shell_link import ShellLink, read_shell_link
from connection_client.system.windows_folders import KnownFolder, known_folder
from connection_client.system.windows_registry import (
    APP_PATHS,
    BRANCHES,
    Branch,
    UninstallEntry,
    subkeys,
    values_of,
)

_REMOVES = re.compile(r"unins|remove|setup|repair|update", re.IGNORECASE)
_MOST_LINKS = 5000


class StartMenu:
    """The shortcuts of both Start Menus and the App Paths, read when first asked for."""

    def __init__(self, folders: Sequence[Path] | None = None) -> None:
        self._folders = folders
        self._links: tuple[ShellLink, ...] | None = None
        self._programs: tuple[str, ...] | None = None

    def launch_of(self, entry: UninstallEntry) -> LaunchTarget | None:
        """The best way to start the program; None where only guesses are left."""
        links = [link for link in self._all_links() if _belongs(link.target, entry)]
        named = sorted(links, key=lambda link: (link.path.stem != entry.name, len(link.path.stem)))
        starters = [link for link in named if not _REMOVES.search(link.path.stem + link.target)]
        if starters:
            return _target(starters[0])
        programs = [program for program in self._all_programs() if _belongs(program, entry)]
        programs += [program] if (program := _icon_program(entry)) else []
        return LaunchTarget((programs[0],)) if programs else None

    def _all_links(self) -> tuple[ShellLink, ...]:
        if self._links is None:
            self._links = tuple(_links(_menus() if self._folders is None else self._folders))
        return self._links

    def _all_programs(self) -> tuple[str, ...]:
        if self._programs is None:
            self._programs = tuple(_app_paths())
        return self._programs


def _menus() -> list[Path]:
    kinds = (KnownFolder.PROGRAMS, KnownFolder.COMMON_PROGRAMS)
    return [folder for kind in kinds if (folder := known_folder(kind)) is not None]


def _links(folders: Iterable[Path]) -> Iterator[ShellLink]:
    seen = 0
    for folder in folders:
        for path in folder.rglob("*.lnk"):
            seen += 1
            if seen > _MOST_LINKS:
                return
            link = read_shell_link(path)
            if link is not None:
                yield link


def _app_paths() -> Iterator[str]:
    for branch in BRANCHES:
        for name in subkeys(branch, APP_PATHS):
            yield from _app_path(branch, name)


def app_paths_of(name: str) -> tuple[str, ...]:
    """The programs that are registered under a name such as `viewer.exe`; each once, everybody's first."""
    if not name or "\\" in name:
        return ()
    found = (program for branch in BRANCHES for program in _app_path(branch, name))
    return tuple({ntpath.normcase(program): program for program in found}.values())


def _app_path(branch: Branch, name: str) -> Iterator[str]:
    program = values_of(branch, rf"{APP_PATHS}\{name}").get("")
    if isinstance(program, str) and program.strip('" '):
        yield program.strip('" ')


def _icon_program(entry: UninstallEntry) -> str | None:
    """DisplayIcon is mostly a path and `,0`; an icon of the remover starts nothing."""
    program = re.sub(r",-?[0-9]+$", "", entry.icon).strip('"')
    fits = program.casefold().endswith(".exe") and ntpath.isabs(program)
    return program if fits and not _REMOVES.search(ntpath.basename(program)) else None


def _belongs(program: str, entry: UninstallEntry) -> bool:
    """Whether a program lies where the entry says that it was installed."""
    if not program.casefold().endswith(".exe"):
        return False
    if not entry.location:
        return _same(program, _icon_program(entry) or "")
    home = ntpath.normcase(ntpath.normpath(entry.location)).rstrip("\\")
    # A program that names a whole drive or a system folder as its own would claim everybody's shortcuts.
    return home.count("\\") > 1 and ntpath.normcase(ntpath.normpath(program)).startswith(home + "\\")


def _same(one: str, other: str) -> bool:
    return ntpath.normcase(ntpath.normpath(one)) == ntpath.normcase(ntpath.normpath(other))


def _target(link: ShellLink) -> LaunchTarget:
    folder = Path(link.folder) if ntpath.isabs(link.folder) else None
    return LaunchTarget((link.target, *arguments_of(link.arguments)), working_folder=folder)


def arguments_of(text: str) -> tuple[str, ...]:
    """Split as CommandLineToArgvW does: quotes group, backslashes count only before a quote."""
    words: list[str] = []
    word, quoted, started, place = "", False, False, 0
    while place < len(text):
        slashes = len(text) - place - len(text[place:].lstrip("\\"))
        if slashes:
            quote = text[place + slashes : place + slashes + 1] == '"'
            word += "\\" * (slashes // 2 if quote else slashes)
            started, place = True, place + slashes
            if quote and slashes % 2:
                word, place = word + '"', place + 1
            continue
        letter, place = text[place], place + 1
        if letter == '"':
            quoted, started = not quoted, True
        elif letter in " \t" and not quoted:
            words += [word] if started else []
            word, started = "", False
        else:
            word, started = word + letter, True
    return (*words, word) if started else tuple(words)
