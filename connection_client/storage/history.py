# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The operations of this person on this computer, one JSON line each, newest last."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from connection_client.domain.errors import FolderNotWritable
from connection_client.storage.files import write_atomically
from connection_client.updates.history import HistoryEntry

_MOST = 500  # entries; older ones are let go


class HistoryFile:
    """Implements `updates.history.History`; a line that cannot be read loses only itself."""

    def __init__(self, path: Path, lock: Callable[[], AbstractContextManager[object]]) -> None:
        self._path = path
        self._lock = lock

    def add(self, entry: HistoryEntry) -> None:
        """Keep one more; raises FolderNotWritable."""
        line = json.dumps(
            {
                "at": entry.at.isoformat(),
                "product": entry.product_id,
                "name": entry.name,
                "before": entry.before,
                "after": entry.after,
                "outcome": entry.outcome,
                "log": str(entry.log) if entry.log is not None else None,
                "restart": entry.restart,
            },
            ensure_ascii=False,
        )
        with self._lock():
            lines = [*self._lines(), line][-_MOST:]
            write_atomically(self._path, "".join(f"{one}\n" for one in lines).encode())

    def entries(self) -> tuple[HistoryEntry, ...]:
        """All that were kept, newest first."""
        return tuple(entry for line in reversed(self._lines()) for entry in _entries_in(line))

    def _lines(self) -> list[str]:
        try:
            return self._path.read_text("utf-8", "replace").splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise FolderNotWritable(path=str(self._path.parent), reason=error.strerror or "") from error


def _entries_in(line: str) -> Iterator[HistoryEntry]:
    try:
        value = json.loads(line)
        yield HistoryEntry(
            at=datetime.fromisoformat(value["at"]),
            product_id=str(value["product"]),
            name=str(value["name"]),
            before=str(value["before"]),
            after=str(value["after"]),
            outcome=str(value["outcome"]),
            log=Path(value["log"]) if value["log"] is not None else None,
            restart=value.get("restart") is True,
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return
