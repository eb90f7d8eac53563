# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Files that are either the old or the new one, whatever happens in between."""

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from connection_client.domain.errors import FolderNotWritable

LIMIT = 8 * 1024 * 1024  # bytes of a JSON file of ours; a larger one is not ours


def write_atomically(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Replace the file in one step; raises FolderNotWritable, and then the old file is untouched."""
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except OSError as error:
        with suppress(OSError):
            Path(temporary).unlink()
        raise FolderNotWritable(path=str(path.parent), reason=error.strerror or "") from error


def stamp_of(path: Path) -> tuple[int, int, int]:
    """What changes whenever the file does; zeros where there is none."""
    try:
        status = path.stat()
    except OSError:
        return (0, 0, 0)
    return (status.st_mtime_ns, status.st_size, status.st_ino)


def write_json(path: Path, value: object) -> None:
    """Replace the file by readable JSON; raises FolderNotWritable."""
    write_atomically(path, json.dumps(value, indent=2, ensure_ascii=False).encode() + b"\n")


def read_json(path: Path) -> object:
    """What the file holds, None where there is none; raises ValueError where it is no JSON, OSError else."""
    try:
        with path.open("rb") as file:
            content = file.read(LIMIT + 1)
    except FileNotFoundError:
        return None
    if len(content) > LIMIT:
        raise ValueError(path)
    try:
        value: object = json.loads(content)
    except RecursionError as error:
        raise ValueError(path) from error
    return value


def as_text(value: object) -> str:
    """A text out of a file; raises ValueError where it is something else."""
    if not isinstance(value, str):
        raise ValueError(value)  # noqa: TRY004  # the file is wrong, not the program
    return value
