# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Locks around lists, choices and installations, shared by the processes of one person."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from connection_client.domain.errors import FolderNotWritable, InstallerBusy
from connection_client.storage.file_lock import FileLock, LockTaken


def lock_beside(path: Path, seconds: float = 30.0) -> Callable[[], AbstractContextManager[object]]:
    """A lock for the file or folder at `path`; taking it raises FolderNotWritable after `seconds`."""

    @contextmanager
    def lock() -> Iterator[None]:
        guard = FileLock(path.with_name(f"{path.name}.lock"), seconds)
        try:
            guard.acquire()
        except (LockTaken, OSError) as error:
            reason = getattr(error, "strerror", None) or "in use"
            raise FolderNotWritable(path=str(path.parent), reason=reason) from error
        try:
            yield
        finally:
            guard.release()

    return lock


def one_installation(folder: Path) -> Callable[[], AbstractContextManager[object]]:
    """One installation of this person at a time; taking it raises InstallerBusy where one is under way."""

    @contextmanager
    def lock() -> Iterator[None]:
        guard = FileLock(folder / "installing.lock", 0)
        try:
            guard.acquire()
        except LockTaken as error:
            raise InstallerBusy from error
        except OSError as error:
            raise FolderNotWritable(path=str(folder), reason=error.strerror or "") from error
        try:
            yield
        finally:
            guard.release()

    return lock
