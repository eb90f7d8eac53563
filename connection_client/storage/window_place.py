# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The window's place on disk."""

from dataclasses import asdict
from pathlib import Path

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
            return _place(kept) if isinstance(kept, dict) else None
        except (OSError, ValueError, KeyError):
            return None

    def keep(self, place: WindowPlace) -> None:
        """Remember this one; raises FolderNotWritable."""
        write_json(self._path, asdict(place))


def _place(kept: dict[str, object]) -> WindowPlace:
    """What the file says; raises ValueError or KeyError where it is not ours."""
    x, y, width, height = (_number(kept[name]) for name in ("x", "y", "width", "height"))
    return WindowPlace(x, y, width, height, maximised=kept.get("maximised") is True)


def _number(value: object) -> int:
    if type(value) is not int:
        raise ValueError(value)
    return value
