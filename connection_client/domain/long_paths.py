# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
r"""Paths that Windows takes at any length: with the prefix `\\?\` they may have 32,767 characters, else 259.

Windows' own policy for long paths is off on most computers, so nothing here relies on it. Other programs
cannot be expected to take the prefix: what is handed to them, or shown to people, goes without it.
Source: learn.microsoft.com/windows/win32/fileio/maximum-file-path-limitation and .../naming-a-file.
"""

import ntpath
import os
import sys
from pathlib import Path

MOST = 259  # characters that any program takes
_MOST_OF_A_FOLDER = 247  # CreateDirectory keeps room for a name of MS-DOS
_PREFIX, _SHARE = "\\\\?\\", "\\\\?\\UNC\\"
_DEVICES = "\\\\.\\"


def reachable(path: Path, *, below: int = 0) -> Path:
    """On Windows the path by which it, and names of `below` characters in it, can be opened; else itself."""
    if sys.platform == "win32":
        return Path(prefixed(os.path.abspath(path), below))  # noqa: PTH100  # resolve() asks the disk
    return path


def prefixed(path: str, below: int = 0) -> str:
    """The same for an absolute path of Windows as text; what is short enough stays as it is."""
    if path.startswith((_PREFIX, _DEVICES)) or len(path) + below <= _MOST_OF_A_FOLDER:
        return path
    full = ntpath.normpath(path)  # behind the prefix Windows takes every name as it stands
    return _SHARE + full[2:] if full.startswith("\\\\") else _PREFIX + full


def plain(path: Path) -> Path:
    """The path as people and other programs know it."""
    return Path(without_prefix(str(path)))


def without_prefix(path: str) -> str:
    """The same as text."""
    if path.startswith(_SHARE):
        return "\\\\" + path.removeprefix(_SHARE)
    return path.removeprefix(_PREFIX)
