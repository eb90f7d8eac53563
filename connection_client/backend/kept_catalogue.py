# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The catalogue that was verified last, with the metadata that proves it, as one set on disk.

A set is complete or it is not there: it is built beside the old one, and a small file names the one that
holds. An attempt that ends in the middle never harms it.
"""

import json
import shutil
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_POINTER = "current.json"


@dataclass(frozen=True)
class Kept:
    """A folder of metadata and lists; a server last vouched for it at `confirmed_at` (aware)."""

    folder: Path
    confirmed_at: datetime


class KeptCatalogue:
    """Reads and replaces the set below `folder`; `write` replaces a file in one step."""

    def __init__(self, folder: Path, write: Callable[[Path, bytes], None]) -> None:
        self._folder = folder
        self._write = write

    def read(self) -> Kept | None:
        """The set that holds; None where there is none or its pointer cannot be read."""
        try:
            pointer = json.loads((self._folder / _POINTER).read_bytes())
            name, confirmed_at = str(pointer["set"]), datetime.fromisoformat(pointer["confirmed_at"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if Path(name).name != name or confirmed_at.tzinfo is None:
            return None
        return Kept(self._folder / name, confirmed_at)

    def keep(self, folder: Path, now: datetime) -> None:
        """Keep the verified files of a folder; raises OSError or what `write` does, and the old set holds."""
        kept = self.read()
        if kept is not None and _files(kept.folder) == _files(folder):
            self._point_to(kept.folder.name, now)
            return
        name = f"set-{uuid.uuid4().hex}"
        shutil.copytree(folder, self._folder / name, symlinks=True)
        self._point_to(name, now)
        for other in self._folder.glob("set-*"):
            if other.name != name:
                with suppress(OSError):
                    shutil.rmtree(other)

    def _point_to(self, name: str, now: datetime) -> None:
        pointer = {"set": name, "confirmed_at": now.astimezone(UTC).isoformat()}
        self._write(self._folder / _POINTER, json.dumps(pointer).encode())


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.json") if path.is_file()}
