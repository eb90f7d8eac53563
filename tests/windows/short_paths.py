# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
r"""A Windows as most are: without `\\?\` a path has 259 characters at most. Wine itself takes any.

Python tells of what it opens, makes, moves, lists and starts (its audit events); what is too long there is
refused as Windows refuses it. `os.stat` is not among them.
"""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

MOST = 259
_PATHS_OF = {
    "open": 1,
    "os.mkdir": 1,
    "os.rename": 2,
    "os.link": 2,
    "os.remove": 1,
    "os.rmdir": 1,
    "os.chmod": 1,
    "os.utime": 1,
    "os.scandir": 1,
    "os.listdir": 1,
    "os.truncate": 1,
    "os.symlink": 2,
}
_states: list[list[list[str]]] = []  # a hook stays for ever: it looks at the state of the moment


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if not _states:
        return
    if event == "subprocess.Popen":
        words = [word.strip('"') for word in str(arguments[1]).split()]  # one line, as Windows gets it
        _states[-1].append(words)
        for word in words:
            if len(word) > MOST:
                raise FileNotFoundError(errno.ENOENT, "a program of Windows takes 259 characters", word)
    for path in arguments[: _PATHS_OF.get(event, 0)]:
        text = os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else ""
        if len(text) > MOST and not text.startswith("\\\\?\\"):
            raise FileNotFoundError(errno.ENOENT, "too long without the prefix", text)


@cache
def _hook() -> None:
    sys.addaudithook(_watch)


@contextmanager
def short_paths() -> Iterator[list[list[str]]]:
    """Keep the limit up; gives the commands that were started meanwhile."""
    _hook()
    started: list[list[str]] = []
    _states.append(started)
    try:
        yield started
    finally:
        _states.remove(started)
