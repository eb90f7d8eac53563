# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Files that a reader finds either old or new, never half written."""

import os
import tempfile
from pathlib import Path

PRIVATE_FOLDER = 0o700
PUBLIC_FILE = 0o644


def write_atomically(path: Path, content: bytes, mode: int = PUBLIC_FILE) -> None:
    """Put `content` at `path`; it is on the disk when this returns. Raises OSError, leaving the old file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            os.fchmod(stream.fileno(), mode)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def create_privately(path: Path, content: bytes) -> None:
    """Write a new file that only its owner can read, in a folder that only its owner can enter.

    Raises FileExistsError rather than overwrite a key.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    path.parent.chmod(PRIVATE_FOLDER)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")  # 0600 from the start
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.link(name, path)  # of two at once the first wins, and nobody reads half a key
    finally:
        Path(name).unlink()


def readable_by_others(path: Path) -> bool:
    """Whether anybody but the owner can read the file; Windows has no such bits."""
    return os.name == "posix" and bool(path.stat().st_mode & 0o077)
