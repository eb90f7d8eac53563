# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The operating system's own lock on a file: all processes see it, and it vanishes with its holder.

Written here because the library for it keeps three megabytes in the memory of a program that waits in the
tray (docs/adr/0007-two-processes.md); it takes the same locks, so both may be used on one file.
"""

import errno
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LOOK_SECONDS = 0.05
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)


class LockTaken(Exception):
    """Another holder kept the lock for longer than one wants to wait; its user says what that means."""


class FileLock:
    """Taken again by its holder as often as it likes; several threads share one under a lock of theirs.

    `seconds` is how long to wait for others; the file is made with mode 0600 and stays.
    """

    def __init__(self, path: Path, seconds: float) -> None:
        self.path, self._seconds = path, seconds
        self._descriptor = -1
        self._depth = 0

    def acquire(self) -> None:
        """Take it; raises LockTaken, or OSError where the file cannot be made."""
        if self._depth == 0:
            self._descriptor = self._locked()
        self._depth += 1

    def release(self) -> None:
        """Let go of it, once for each time that it was taken."""
        self._depth -= 1
        if self._depth == 0:
            descriptor, self._descriptor = self._descriptor, -1
            _unlock(descriptor)
            os.close(descriptor)

    def _locked(self) -> int:
        descriptor = os.open(self.path, _FLAGS, 0o600)
        try:
            self._wait_for(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    def _wait_for(self, descriptor: int) -> None:
        until = time.monotonic() + self._seconds
        while not _try_lock(descriptor):
            if time.monotonic() >= until:
                raise LockTaken(self.path)
            time.sleep(_LOOK_SECONDS)


def _try_lock(descriptor: int) -> bool:
    if sys.platform == "win32":
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:  # EACCES is what it says of a lock that is held; Wine says nothing at all
            if error.errno not in (0, errno.EACCES):
                raise
            return False
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _unlock(descriptor: int) -> None:
    with suppress(OSError):  # closing lets go of it as well
        if sys.platform == "win32":
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_UN)
