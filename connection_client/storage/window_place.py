# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The window's place on disk."""

from pathlib import Path

import msgspec

from connection_client.domain.window_place import WindowPlace
from connection_client.storage.files import read_json, write_json


class WindowPlaceFile:
    """Implements the port WindowPlaces in a file of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> WindowPlace | None:
        """The place that was kept last; None where there is none, or none that can be read."""
        try:
            kept = read_json(self._path)
            return None if kept is None else msgspec.convert(kept, WindowPlace)
        except (OSError, ValueError):  # msgspec's ValidationError is one
            return None

    def keep(self, place: WindowPlace) -> None:
        """Remember this one; raises FolderNotWritable."""
        write_json(self._path, msgspec.to_builtins(place))
