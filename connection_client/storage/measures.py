# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""How fast the last downloads came, in one small file of this computer."""

import math
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from connection_client.storage.files import read_json, write_json
from connection_client.updates.pace import Measure

_MOST = 5  # a computer changes its network; what is older says nothing


class MeasureFile:
    """Implements `updates.pace.Measures`; a file that cannot be read counts as empty."""

    def __init__(self, path: Path, lock: Callable[[], AbstractContextManager[object]]) -> None:
        self._path, self._lock = path, lock

    def read(self) -> tuple[Measure, ...]:
        """The last ones, the newest first."""
        try:
            said = read_json(self._path)
        except (OSError, ValueError):
            return ()
        entries = said if isinstance(said, list) else []
        return tuple(measure for entry in entries[:_MOST] if (measure := _measure(entry)) is not None)

    def add(self, measure: Measure) -> None:
        """Keep one more; raises FolderNotWritable."""
        with self._lock():
            kept = (measure, *self.read())[:_MOST]
            write_json(self._path, [[one.count, round(one.seconds, 3)] for one in kept])


def _measure(entry: object) -> Measure | None:
    match entry:
        case [int(count), (int() | float()) as seconds] if count > 0 and 0 < seconds < math.inf:
            return Measure(count, float(seconds))
    return None
