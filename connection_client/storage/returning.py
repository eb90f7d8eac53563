# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A setup's note that it asked the running client to end, and starts it again once the files are replaced.

Windows Installer cannot carry from one step to another what a program answered; a file can.
"""

import time
from contextlib import suppress
from pathlib import Path

_NAME = "returning"
_HOLDS_SECONDS = 3600.0  # longer than any upgrade takes


def note_return(folder: Path) -> None:
    """Note that a client ran and is wanted back; a note that cannot be kept costs the person one click."""
    with suppress(OSError):
        (folder / _NAME).touch(mode=0o600)


def is_expected_back(folder: Path, now: float | None = None) -> bool:
    """Whether there is such a note of the last hour; it counts once. `now` in seconds since 1970."""
    note = folder / _NAME
    try:
        written = note.stat().st_mtime
        note.unlink()
    except OSError:
        return False
    return (time.time() if now is None else now) - written < _HOLDS_SECONDS
