# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A package on its way: the bytes that are here, their hash so far, and what helps to go on later.

Names are made from the signed hash, never from what a server or a catalogue says. Trust comes from length and
hash alone; the ETag is a hint that saves bytes.
"""

import hashlib
import json
import os
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from connection_client.domain.catalogue import Package
from connection_client.domain.errors import DownloadNotGenuine
from connection_client.updates.download import VerifiedFile, matches

_BLOCK = 1 << 20
_SYNC_EVERY = 64 << 20  # bytes that a power cut may cost
# Some installers look at the end of the name, and Windows at that of a program.
_ENDINGS: Final = {
    "deb": ".deb",
    "rpm": ".rpm",
    "msi": ".msi",
    "msix": ".msix",
    "pkg": ".pkg",
    "flatpak": ".flatpak",
} | dict.fromkeys(("burn", "inno", "nsis", "exe"), ".exe")


def finished_path(folder: Path, package: Package) -> Path:
    """Where the whole file lies once it was verified."""
    return folder / f"{package.sha256}{_ENDINGS.get(package.install.kind, '.bin')}"


def finished_file(folder: Path, package: Package) -> VerifiedFile | None:
    """The file of an earlier, completed download if it is still what was signed; a changed one is removed."""
    path = finished_path(folder, package)
    try:
        handle = _open_private(path, os.O_RDONLY)
    except OSError:
        return None
    if matches(handle, package):
        return VerifiedFile(package, path, handle)
    handle.close()
    with suppress(OSError):
        path.unlink()
    return None


def discard_files(folder: Path, package: Package) -> None:
    """Remove everything that is kept of the package."""
    for path in (finished_path(folder, package), *_names(folder, package)):
        with suppress(OSError):
            path.unlink()


def _names(folder: Path, package: Package) -> tuple[Path, Path]:
    return folder / f"{package.sha256}.part", folder / f"{package.sha256}.json"


def _open_private(path: Path, flags: int) -> BinaryIO:
    safe = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    mode = "rb" if flags == os.O_RDONLY else "r+b"
    return os.fdopen(os.open(path, flags | safe, 0o600), mode, buffering=0)  # type: ignore[return-value]  # unbuffered


class _Sync:
    """Brings what was written to the disk beside the download, which would wait for a slow disk otherwise."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._error: OSError | None = None

    def begin(self, number: int) -> None:
        """Sync the file of that descriptor, after the sync before; raises the OSError of that one."""
        self.end()
        self._thread = threading.Thread(target=self._run, args=(number,), name="download-sync", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Wait for the last one; raises its OSError."""
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if self._error is not None:
            error, self._error = self._error, None
            raise error

    def _run(self, number: int) -> None:
        try:
            os.fsync(number)
        except OSError as error:
            self._error = error


class PartFile:
    """The part on disk of one package; `position` bytes are here and hashed. Raises OSError."""

    def __init__(self, folder: Path, package: Package, cancelled: threading.Event) -> None:
        self._package = package
        self._finished = finished_path(folder, package)
        self._path, self._notes = _names(folder, package)
        self._file = _open_private(self._path, os.O_RDWR | os.O_CREAT)
        self._digest = hashlib.sha256()
        self._synced = 0
        self._sync = _Sync()
        self._given_away = False
        self.position = 0
        self.etag = self._read_etag()
        self._hash_what_is_here(cancelled)

    def _hash_what_is_here(self, cancelled: threading.Event) -> None:
        while not cancelled.is_set() and (block := self._file.read(_BLOCK)):
            self._digest.update(block)
            self.position += len(block)
        if self.position > self._package.length:
            self.restart()

    def _read_etag(self) -> str:
        try:
            notes = json.loads(self._notes.read_bytes())
            return str(notes["etag"])
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    @property
    def remaining(self) -> int:
        """Bytes that are missing."""
        return self._package.length - self.position

    @property
    def is_genuine(self) -> bool:
        """Whether all is here and is what was signed."""
        return self.remaining == 0 and self._digest.hexdigest() == self._package.sha256

    def remember(self, etag: str) -> None:
        """Keep a strong ETag for If-Range (RFC 9110, section 13.1.5); a weak one does not serve."""
        strong = etag if etag.startswith('"') else ""
        if strong != self.etag:
            self.etag = strong
            self._notes.write_text(json.dumps({"etag": strong}))

    def restart(self) -> None:
        """Throw away what is here."""
        self._file.seek(0)
        self._file.truncate(0)
        self._digest = hashlib.sha256()
        self.position = self._synced = 0

    def append(self, chunk: bytes) -> None:
        """Write and hash; where the disk is full the bytes that still fitted count."""
        rest = memoryview(chunk)
        while rest:
            written = self._file.write(rest)
            self._digest.update(rest[:written])
            self.position += written
            rest = rest[written:]
        if self.position - self._synced >= _SYNC_EVERY:
            self._sync.begin(self._file.fileno())
            self._synced = self.position

    def finish(self) -> VerifiedFile:
        """Give the file its last name; the handle that wrote and hashed it stays open."""
        self._sync.end()
        os.fsync(self._file.fileno())
        if os.name == "nt":
            return self._finish_closed()
        self._path.replace(self._finished)
        with suppress(OSError):
            self._notes.unlink()
        self._given_away = True
        return VerifiedFile(self._package, self._finished, self._file)

    def _finish_closed(self) -> VerifiedFile:
        """As `finish` where an open file keeps its name: Windows. What is opened again is hashed again."""
        self._file.close()
        self._path.replace(self._finished)
        with suppress(OSError):
            self._notes.unlink()
        handle = _open_private(self._finished, os.O_RDONLY)
        if not matches(handle, self._package):
            handle.close()
            self._finished.unlink()
            raise DownloadNotGenuine(filename=self._package.filename)
        return VerifiedFile(self._package, self._finished, handle)

    def discard(self) -> None:
        """Remove the part."""
        for path in (self._path, self._notes):
            with suppress(OSError):
                path.unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # what was not written is fetched again
            self._sync.end()
        if not self._given_away:
            self._file.close()
