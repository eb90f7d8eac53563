# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What was told on the desktop already, in one small file, so that no start tells it again."""

import threading
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from connection_client.storage.files import read_json, write_json

_MOST = 500  # keys; the oldest are let go


class ToldFile:
    """Implements the port Told; a file that cannot be read counts as empty."""

    def __init__(self, path: Path, lock: Callable[[], AbstractContextManager[object]]) -> None:
        self._path, self._lock = path, lock
        self._thread = threading.Lock()

    def new(self, keys: Collection[str]) -> frozenset[str]:
        """Those of `keys` that were never told."""
        return frozenset(keys) - self._read().keys()

    def keep(self, keys: Collection[str]) -> None:
        """These were told; raises FolderNotWritable."""
        with self._thread, self._lock():
            now = datetime.now(UTC).isoformat(timespec="seconds")
            kept = {**self._read(), **dict.fromkeys(sorted(keys), now)}
            newest = sorted(kept.items(), key=lambda pair: pair[1])[-_MOST:]
            write_json(self._path, dict(newest))

    def _read(self) -> dict[str, str]:
        try:
            value = read_json(self._path)
        except (OSError, ValueError):
            return {}
        if not isinstance(value, dict):
            return {}
        return {key: at for key, at in value.items() if isinstance(at, str)}
