# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What could not be installed and when, in one small JSON file."""

import logging
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from connection_client.storage.files import read_json, write_json
from connection_client.updates.failures import Failed, InMemory, is_fresh

_LOG = logging.getLogger(__name__)


class FailuresFile(InMemory):
    """Implements `updates.failures.Failures`; only the one client that has the window writes.

    A file that cannot be read counts as empty: one try too many is no harm. After a day it is let go.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(_read(path))
        self._path = path
        self._guard = threading.Lock()

    def keep(self) -> None:
        """Write all that still counts; raises FolderNotWritable."""
        with self._guard:
            now = datetime.now(UTC)
            fresh = [
                {"product": product, "version": version, "at": at.isoformat()}
                for (product, version), at in tuple(self.failed.items())
                if is_fresh(at, now)
            ]
            write_json(self._path, fresh)


def _read(path: Path) -> dict[Failed, datetime]:
    try:
        value = read_json(path)
    except (OSError, ValueError):
        _LOG.warning("what failed before cannot be read; it may be tried once more", exc_info=True)
        return {}
    entries = (_entry(one) for one in (value if isinstance(value, list) else []))
    return dict(entry for entry in entries if entry is not None)


def _entry(value: Any) -> tuple[Failed, datetime] | None:
    try:
        at = datetime.fromisoformat(value["at"])
        failed = str(value["product"]), str(value["version"])
    except (ValueError, KeyError, TypeError):
        return None
    return (failed, at) if at.tzinfo is not None else None
