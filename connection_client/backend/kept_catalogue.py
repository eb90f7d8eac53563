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
CATALOGUE = "catalogue.json"


@dataclass(frozen=True)
class Kept:
    """A folder with `metadata/` and the catalogue; a server last vouched for it at `confirmed_at` (aware)."""

    folder: Path
    confirmed_at: datetime

    @property
    def metadata(self) -> Path:
        """The metadata that proves the catalogue."""
        return self.folder / "metadata"

    @property
    def catalogue(self) -> Path:
        """The catalogue's own bytes."""
        return self.folder / CATALOGUE


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

    def replace(self, metadata: Path, catalogue: bytes, now: datetime) -> None:
        """Keep a new set and let go of the others; raises OSError, and then the old one holds."""
        name = f"set-{uuid.uuid4().hex}"
        shutil.copytree(metadata, self._folder / name / "metadata", symlinks=True)
        (self._folder / name / CATALOGUE).write_bytes(catalogue)
        self._point_to(name, now)
        for other in self._folder.glob("set-*"):
            if other.name != name:
                with suppress(OSError):
                    shutil.rmtree(other)

    def confirm(self, kept: Kept, now: datetime) -> None:
        """Remember that a server vouched for the same set again."""
        self._point_to(kept.folder.name, now)

    def _point_to(self, name: str, now: datetime) -> None:
        pointer = {"set": name, "confirmed_at": now.astimezone(UTC).isoformat()}
        self._write(self._folder / _POINTER, json.dumps(pointer).encode())
