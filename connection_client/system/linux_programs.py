# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""By what a program is known while it runs: its file, its script behind an interpreter, or its flatpak.

What starts an application and what runs are read by the same rules, so that they can be compared as texts.
"""

import configparser
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

_INTERPRETERS = re.compile(r"(?:python|pypy|perl|ruby|nodejs|node|java|mono|gjs|bash|dash|sh)[0-9.]*")
_WITH_VALUE = ("-X", "-W", "-cp", "-classpath")  # of Python and Java: the word behind is no script
_MODULE = "-m"
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")
_LARGEST_INFO = 1 << 16  # bytes
_FLATPAK = "flatpak"


def marks_of_command(words: Sequence[str], folder: Path | None) -> Iterator[str]:
    """What an application that is started by `words` in `folder` will be known by.

    An interpreter, and flatpak, run many applications: they are no mark of one.
    """
    kept = _without_environment(words)
    if not kept:
        return
    program = kept[0] if kept[0].startswith("/") else shutil.which(kept[0])
    flatpak = _flatpak_of(kept)
    script = _script_of(kept, folder)
    if flatpak:
        yield mark_of_flatpak(flatpak)
    elif script:
        yield script
    elif program is not None:
        yield program


def marks_of_process(words: Sequence[str], process: Path) -> Iterator[str]:
    """The program and, behind an interpreter, its script; a document that is merely open is neither."""
    if words:
        yield words[0]
        folder = _link(process / "cwd") if _is_interpreter(words[0]) else ""
        script = _script_of(words, Path(folder) if folder else None)
        if script:
            yield script
    program = _link(process / "exe")
    if program:
        yield program


def flatpak_of_process(process: Path) -> str:
    """The mark of the flatpak that a process runs in; empty for all others, and for those of others.

    Source: flatpak-run(1); `.flatpak-info` at the root of a sandbox is there for whoever asks from outside.
    """
    try:
        with (process / "root/.flatpak-info").open("rb") as file:
            text = file.read(_LARGEST_INFO).decode("utf-8", "replace")
        parser = configparser.RawConfigParser(strict=False, delimiters=("=",))
        parser.read_string(text)
        return mark_of_flatpak(parser["Application"]["name"])
    except (OSError, configparser.Error, KeyError):
        return ""


def mark_of_flatpak(application: str) -> str:
    """No path of a program: those begin with a slash."""
    return f"{_FLATPAK}:{application}"


def _without_environment(words: Sequence[str]) -> Sequence[str]:
    """`env NAME=value program` is the program."""
    if not words or PurePosixPath(words[0]).name != "env":
        return words
    rest = list(words[1:])
    while rest and _ASSIGNMENT.match(rest[0]):
        rest.pop(0)
    return rest


def _flatpak_of(words: Sequence[str]) -> str:
    if PurePosixPath(words[0]).name != _FLATPAK or tuple(words[1:2]) != ("run",):
        return ""
    return next((word for word in words[2:] if not word.startswith("-")), "")


def _script_of(words: Sequence[str], folder: Path | None) -> str:
    """The script's whole path, or `-m NAME` for a module of Python; empty where none is named."""
    if not _is_interpreter(words[0]):
        return ""
    rest = iter(words[1:])
    for word in rest:
        if word == _MODULE:
            name = next(rest, "")
            return f"{_MODULE} {name}" if name else ""
        if word in _WITH_VALUE:
            next(rest, "")
        elif not word.startswith("-"):
            return os.path.normpath(folder / word) if folder is not None else word
    return ""


def _is_interpreter(program: str) -> bool:
    return _INTERPRETERS.fullmatch(PurePosixPath(program).name) is not None


def _link(path: Path) -> str:
    try:
        return str(path.readlink())
    except OSError:
        return ""  # somebody else's, or a thread of the kernel
