# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a person agreed to have installed, in one JSON file that is replaced in one step."""

import logging
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

from connection_client.storage.files import read_json, write_json
from connection_client.updates.queue import Agreed, Waiting

_LOG = logging.getLogger(__name__)


class AgreedFile:
    """Implements `updates.queue.AgreedStore`; only the one client that has the window writes.

    A file that cannot be read counts as empty: without a record of consent nothing begins by itself.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._guard = threading.Lock()
        self._number = 0
        self.unfinished: tuple[Agreed, ...] = self._read()

    def keep(self, number: int, agreed: tuple[Agreed, ...]) -> None:
        """Keep this instead, unless something newer was kept; raises FolderNotWritable."""
        with self._guard:
            if number > self._number:
                write_json(self._path, [_as_json(one) for one in agreed])
                self._number = number

    def _read(self) -> tuple[Agreed, ...]:
        try:
            value = read_json(self._path)
        except (OSError, ValueError):
            _LOG.warning("what was agreed to cannot be read; nothing goes on by itself", exc_info=True)
            return ()
        entries = value if isinstance(value, list) else []
        return tuple(one for one in map(_from_json, entries) if one is not None)


def _as_json(one: Agreed) -> dict[str, object]:
    return {
        "product": one.product_id,
        "version": one.version,
        "at": one.at.isoformat(),
        "waiting": one.waiting.value,
        "file": str(one.file) if one.file is not None else None,
        "back": one.back,
    }


def _from_json(value: Any) -> Agreed | None:
    try:
        return Agreed(
            product_id=str(value["product"]),
            version=str(value["version"]),
            at=datetime.fromisoformat(value["at"]),
            waiting=Waiting(value["waiting"]),
            file=Path(value["file"]) if value["file"] is not None else None,
            back=value["back"] is True,
        )
    except (ValueError, KeyError, TypeError):
        return None
