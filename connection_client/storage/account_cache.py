# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The account that was signed in last, on disk without any secret, so that a start needs no network."""

import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
from filelock import FileLock

from connection_client.identity.ports import Remembered
from connection_client.storage.files import read_json, write_json
from connection_client.storage.locks import LOCK_SECONDS, held


class AccountFile:
    """`account.json` in the data folder; safe for several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "account.json"
        self._lock = FileLock(folder / "account.lock", timeout=LOCK_SECONDS, mode=0o600)
        self._thread = threading.RLock()

    def load(self) -> Remembered:
        """What is remembered; nothing where there is no file or an unreadable one."""
        try:
            return msgspec.convert(read_json(self._path) or {}, Remembered)
        except (OSError, ValueError):  # msgspec's ValidationError is one
            return Remembered()

    def change(self, alter: Callable[[Remembered], Remembered]) -> None:
        """Replace what is remembered in one step; raises FolderNotWritable, SessionBusy."""
        with self._thread, held(self._lock):
            write_json(self._path, msgspec.to_builtins(alter(self.load())))
