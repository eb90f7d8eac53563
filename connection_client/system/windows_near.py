# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Brings within reach of setups what lies too deep for them: they, and msiexec, take 259 characters."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from connection_client.domain.errors import PackageChanged
from connection_client.domain.long_paths import MOST, plain
from connection_client.system.windows_locked_file import open_locked
from connection_client.updates.download import VerifiedFile, matches

_LONGEST_NAME = 80  # a SHA-256 and an ending
_BESIDE = len("_setup.output.log")  # what setups put behind the names of their logs


def near_name(path: Path) -> str:
    """The file's own name, or a short one with the same ending: setups look at their own names."""
    return path.name if len(path.name) <= _LONGEST_NAME else f"setup{path.suffix[:8]}"


@contextmanager
def near_file(file: VerifiedFile) -> Iterator[Path]:
    """Where a setup can be started: where it lies, or in a copy that is checked and locked as the file is.

    Raises OSError, PackageChanged.
    """
    own = plain(file.path)
    if len(str(own)) <= MOST:
        yield own
        return
    with tempfile.TemporaryDirectory(prefix="connection-client-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / near_name(own)
        file.handle.seek(0)
        with copy.open("xb") as writing:
            shutil.copyfileobj(file.handle, writing)
        with open_locked(copy) as locked:
            if not matches(locked, file.package):
                raise PackageChanged(filename=file.package.filename)
            yield copy


@contextmanager
def near_log(log: Path) -> Iterator[Path]:
    """Where a setup can write its log: at `log`, or nearer, and then it is moved there. Raises OSError."""
    own = plain(log)
    if len(str(own)) + _BESIDE <= MOST:
        yield own
        return
    with tempfile.TemporaryDirectory(prefix="connection-client-", ignore_cleanup_errors=True) as folder:
        near = Path(folder) / f"installation{log.suffix}"
        try:
            yield near
        finally:
            with suppress(OSError):  # many setups write none
                shutil.move(near, log)
