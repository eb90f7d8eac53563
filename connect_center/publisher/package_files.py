# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The folder of published packages: a file is there whole, with the signed content, or not at all."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import IO, Any

from connect_center.publisher.errors import PackageNotReadable
from connect_center.publisher.files import PUBLIC_FILE

_CHUNK = 1 << 20


class PackageFiles:
    """Packages below `folder`, by the path that the catalogue gives them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def store(self, source: Path, path: str, sha256: str) -> None:
        """Copy a package in. Raises PackageNotReadable when it is no longer what was read, OSError."""
        destination = self.folder / path
        destination.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=destination.parent, prefix=".", suffix=".part")
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as target, source.open("rb") as stream:
                copied = _copy(stream, target)
            _refuse_changed(source, copied, sha256)
            part.chmod(PUBLIC_FILE)
            part.replace(destination)
        except BaseException:
            part.unlink(missing_ok=True)
            raise

    def finding(self, package: dict[str, Any]) -> str:
        """What is wrong with the file of a package of the catalogue, or an empty text."""
        path = self.folder / package["path"]
        try:
            with path.open("rb") as stream:
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            return f"The file {package['path']} cannot be read ({error.strerror})."
        if sha256 != package["sha256"]:
            return f"The file {package['path']} is not the one that was signed."
        return ""


def _copy(source: IO[bytes], target: IO[bytes]) -> str:
    """Copy to the disk; returns the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest()


def _refuse_changed(source: Path, copied: str, expected: str) -> None:
    if copied != expected:
        raise PackageNotReadable(
            f"{source} changed while it was read. Nothing was published. Run this again when it is complete."
        )
