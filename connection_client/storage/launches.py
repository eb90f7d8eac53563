# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Which applications were started last, and in which version; on this computer alone."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from connection_client.storage.files import read_json, write_json

_MOST = 50


class LaunchFile:
    """Implements `launch.ports.LaunchLog`; a file that cannot be read counts as empty."""

    def __init__(self, path: Path, lock: Callable[[], AbstractContextManager[object]]) -> None:
        self._path, self._lock = path, lock

    def last_version(self, product_id: str) -> str:
        """The version that was started last; empty where none was."""
        return dict(self._read()).get(product_id, "")

    def started(self, product_id: str, version: str) -> None:
        """Keep that it was started now; raises FolderNotWritable."""
        with self._lock():
            others = [entry for entry in self._read() if entry[0] != product_id]
            write_json(self._path, [[product_id, version], *others][:_MOST])

    def recent(self) -> tuple[str, ...]:
        """The ids, the last one first."""
        return tuple(product_id for product_id, _version in self._read())

    def _read(self) -> list[tuple[str, str]]:
        try:
            said = read_json(self._path)
        except (OSError, ValueError):
            return []
        entries = said if isinstance(said, list) else []
        return [
            (entry[0], entry[1])
            for entry in entries
            if isinstance(entry, list) and len(entry) == 2 and all(isinstance(text, str) for text in entry)  # noqa: PLR2004  # a pair
        ]
