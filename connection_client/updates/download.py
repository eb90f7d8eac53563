# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a download has to give: a file proven to be the publisher's, held open until it is used."""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self

from connection_client.domain.catalogue import Package
from connection_client.domain.progress import Progress

_BLOCK = 1 << 20


@dataclass(frozen=True)
class VerifiedFile:
    """A file whose length and SHA-256 are those of `package`; `handle` stays open until it was used.

    A path may be pointed elsewhere between check and start; the open handle may not (CVE-2024-39698).
    """

    package: Package
    path: Path
    handle: BinaryIO

    def is_genuine(self) -> bool:
        """Hash again what the handle gives and look whether the path still leads to it."""
        return self._is_in_place() and matches(self.handle, self.package)

    def _is_in_place(self) -> bool:
        try:
            return os.path.samestat(self.path.stat(), os.fstat(self.handle.fileno()))
        except OSError:
            return False

    def close(self) -> None:
        """Let go of the file."""
        self.handle.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def matches(handle: BinaryIO, package: Package) -> bool:
    """Whether the file has the signed length and SHA-256."""
    if os.fstat(handle.fileno()).st_size != package.length:
        return False
    return digest_of(handle) == package.sha256


def digest_of(handle: BinaryIO) -> str:
    """The SHA-256 of the whole file in hexadecimal."""
    import hashlib  # OpenSSL is megabytes, and packages are rare

    digest = hashlib.sha256()
    handle.seek(0)
    while block := handle.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


class KeptPackages(Protocol):
    """The packages that were installed last, kept so that a person can go back."""

    def keep(self, product_id: str, file: VerifiedFile) -> None:
        """Keep one more; only it and the one before stay. A disk that is full keeps none."""
        ...

    def of(self, product_id: str, package: Package) -> VerifiedFile | None:
        """The kept file of the package if it is still what was signed."""
        ...

    def has(self, product_id: str, package: Package) -> bool:
        """Whether a file of the package is kept, at once; `of` says whether it is good."""
        ...


class Downloads(Protocol):
    """Brings packages to this computer."""

    def fetch(
        self, package: Package, on_progress: Callable[[Progress], None], cancelled: threading.Event
    ) -> VerifiedFile:
        """Download or go on with an earlier part; raises DownloadError, NetworkError or SignInError."""
        ...

    def discard(self, package: Package) -> None:
        """Remove what is kept of a package that is no longer needed."""
        ...
