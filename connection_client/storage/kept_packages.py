# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The packages that were installed last, two of each product, under names made from their signed hashes."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from connection_client.domain.catalogue import Package
from connection_client.updates.download import VerifiedFile, matches

_KEPT = 2  # what is installed now and what was before


class PackageFolder:
    """Implements `updates.download.KeptPackages` below `folder`, which nobody else can enter."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, product_id: str, file: VerifiedFile) -> None:
        """Keep one more; going back is a convenience that must not make an installation fail."""
        with suppress(OSError):
            target = self._path(product_id, file.package, file.path.suffix)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not target.exists():
                _link_or_copy(file, target)
            target.touch()
            newest = sorted(target.parent.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
            for old in newest[_KEPT:]:
                old.unlink()

    def of(self, product_id: str, package: Package) -> VerifiedFile | None:
        """The kept file if it is still what was signed."""
        for path in (self._folder / product_id).glob(f"{package.sha256}.*"):
            try:
                handle = path.open("rb")
            except OSError:
                continue
            if matches(handle, package):
                return VerifiedFile(package, path, handle)
            handle.close()
        return None

    def has(self, product_id: str, package: Package) -> bool:
        """Whether a file of that name is there."""
        return any((self._folder / product_id).glob(f"{package.sha256}.*"))

    def _path(self, product_id: str, package: Package, suffix: str) -> Path:
        return self._folder / product_id / f"{package.sha256}{suffix or '.bin'}"


def _link_or_copy(file: VerifiedFile, target: Path) -> None:
    """A second name costs no space, where the file is one that we made; a person's own file may change.

    It is given at once: Windows renames no file that is open, under whichever of its names.
    """
    with suppress(OSError):
        os.link(file.path, target)
        if os.path.samestat(os.fstat(file.handle.fileno()), target.stat()):
            return
        target.unlink()
    temporary = target.with_suffix(".new")
    temporary.unlink(missing_ok=True)
    file.handle.seek(0)
    with temporary.open("xb") as writing:
        shutil.copyfileobj(file.handle, writing)
    temporary.replace(target)
