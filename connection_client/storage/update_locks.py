# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Locks around lists, choices and installations, shared by the processes of one person."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from connection_client.domain.errors import FolderNotWritable, InstallerBusy
from connection_client.storage.file_lock import FileLock
from connection_client.storage.locks import held


def lock_beside(path: Path, seconds: float = 30.0) -> Callable[[], AbstractContextManager[object]]:
    """A lock for the file or folder at `path`; taking it raises FolderNotWritable after `seconds`."""

    def busy() -> FolderNotWritable:
        return FolderNotWritable(path=str(path.parent), reason="in use")

    return lambda: held(FileLock(path.with_name(f"{path.name}.lock"), seconds), busy)


def one_installation(folder: Path) -> Callable[[], AbstractContextManager[object]]:
    """One installation of this person at a time; taking it raises InstallerBusy where one is under way."""
    return lambda: held(FileLock(folder / "installing.lock", 0), InstallerBusy)
