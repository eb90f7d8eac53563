# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Packages from the Center to this disk: resumed where they stopped, proven by length and SHA-256.

A download ends in a verified file or in an error that says what was kept. It never ends in between.
"""

import errno
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from connection_client.backend.mirror import fill_from_mirror
from connection_client.backend.pace import Pace
from connection_client.backend.package_request import Meaning, PackageAnswer, PackageRequest
from connection_client.backend.part_file import PartFile, discard_files, finished_file
from connection_client.domain.catalogue import Package
from connection_client.domain.errors import (
    CenterAnswersNonsense,
    CenterUnreachable,
    DiskFull,
    DownloadCancelled,
    DownloadNotGenuine,
    DownloadStopped,
    FolderNotWritable,
)
from connection_client.domain.language import N_
from connection_client.domain.progress import Phase, Progress
from connection_client.updates.download import VerifiedFile
from connection_client.updates.leftovers import remove_leftovers

_FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True)
class Patience:
    """How often and how long to try again without any progress; waits double, in seconds."""

    attempts: int = 6
    first_wait: float = 1.0
    longest_wait: float = 30.0


class RangeDownloads:
    """Implements `updates.download.Downloads`; thread-safe, one download of a package at a time.

    `token` gives an access token for packages that need an account; `limit` is in bytes a second, 0 for
    none; `headroom` bytes of the disk are left free; `mirror` is asked before the Center, where there is one.
    """

    def __init__(
        self,
        client: httpx.Client,
        address: Callable[[], str],
        folder: Path,
        token: Callable[[], str],
        limit: Callable[[], int] = lambda: 0,
        patience: Patience | None = None,
        headroom: int = 16 << 20,
        mirror: Callable[[], str] = lambda: "",
    ) -> None:
        self._client = client
        self._address = address
        self._folder = folder
        self._token = token
        self._limit = limit
        self._patience = patience or Patience()
        self._headroom = headroom
        self._mirror = mirror

    def fetch(
        self, package: Package, on_progress: Callable[[Progress], None], cancelled: threading.Event
    ) -> VerifiedFile:
        """Download or go on with an earlier part; raises DownloadError, NetworkError, SignInError."""
        self._prepare_folder()
        on_progress(Progress(Phase.VERIFYING, 0, package.length))
        kept = finished_file(self._folder, package)
        if kept is not None:
            return kept
        with self._disk_errors(package), PartFile(self._folder, package, cancelled) as part:
            request = PackageRequest(self._client, self._address(), package, self._token)
            with self._disk_errors(package, part):
                self._need_space(part)
                self._ask_mirror(package, part, on_progress, cancelled)
                _Transfer(package, part, request, on_progress, cancelled, self._patience, self._limit).run()
                return part.finish()

    def _ask_mirror(
        self,
        package: Package,
        part: PartFile,
        on_progress: Callable[[Progress], None],
        cancelled: threading.Event,
    ) -> None:
        place = self._mirror()
        if not place or part.remaining == 0:
            return
        pace = Pace(part.position, package.length, self._limit)
        here = part.position

        def tell(position: int) -> None:
            nonlocal here
            pace.hold(position - here, cancelled)
            here = position
            progress = pace.progress(position)
            if progress is not None:
                on_progress(progress)

        fill_from_mirror(place, self._client, package, part, tell, cancelled)

    def discard(self, package: Package) -> None:
        """Remove the file and its part."""
        discard_files(self._folder, package)

    def _prepare_folder(self) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)
        except OSError as error:
            raise FolderNotWritable(path=str(self._folder), reason=error.strerror or "") from error
        remove_leftovers(self._folder)

    def _need_space(self, part: PartFile) -> None:
        needed = part.remaining + self._headroom if part.remaining else 0
        free = shutil.disk_usage(self._folder).free
        if free < needed:
            raise DiskFull(needed=needed - free, kept=part.position)

    @contextmanager
    def _disk_errors(self, package: Package, part: PartFile | None = None) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in _FULL:
                missing = part.remaining if part is not None else package.length
                kept = part.position if part is not None else 0
                raise DiskFull(needed=missing + self._headroom, kept=kept) from error
            raise FolderNotWritable(path=str(self._folder), reason=error.strerror or "") from error


class _Transfer:
    """One run from what is here to the whole, through as many requests as it takes."""

    def __init__(
        self,
        package: Package,
        part: PartFile,
        request: PackageRequest,
        on_progress: Callable[[Progress], None],
        cancelled: threading.Event,
        patience: Patience,
        limit: Callable[[], int],
    ) -> None:
        self._package = package
        self._part = part
        self._request = request
        self._on_progress = on_progress
        self._cancelled = cancelled
        self._patience = patience
        self._pace = Pace(part.position, package.length, limit)
        self._failures = 0
        self._requests_since_start = 1 if part.position else 0

    def run(self) -> None:
        while not self._part.is_genuine:
            self._stop_if_cancelled()
            if self._part.remaining == 0:
                self._start_over_or_refuse()
            self._ask_once()
        self._stop_if_cancelled()

    def _start_over_or_refuse(self) -> None:
        """All bytes are here and wrong: pieces of two answers may not fit, one answer is no accident."""
        if self._requests_since_start <= 1:
            self._refuse()
        self._restart()

    def _restart(self) -> None:
        self._part.restart()
        self._requests_since_start = 0

    def _refuse(self) -> None:
        self._part.discard()
        raise DownloadNotGenuine(filename=self._package.filename)

    def _ask_once(self) -> None:
        before = self._part.position
        wait, reason = 0.0, ""
        try:
            with self._request.open(before, self._part.etag, self._cancelled) as answer:
                wait, reason = answer.wait, answer.reason
                if self._take(answer):
                    return
        except (CenterUnreachable, CenterAnswersNonsense) as error:
            self._stop_if_cancelled()
            reason = str(error.facts.get("reason", ""))
        moved = self._part.position > before
        self._failures = 1 if moved else self._failures + 1
        self._pause(wait, reason)

    def _take(self, answer: PackageAnswer) -> bool:
        """Whether the whole is here now; raises what ends the download for good."""
        match answer.meaning:
            case Meaning.FROM_START:
                self._restart()
                self._read(answer)
            case Meaning.CONTINUED:
                self._read(answer)
            case Meaning.START_OVER:
                self._restart()
            case Meaning.ANOTHER_FILE:
                self._refuse()
            case Meaning.NOT_THERE:
                raise DownloadStopped(reason=N_("the file is not there"), kept=self._part.position)
            case Meaning.TRY_AGAIN:
                pass
        return self._part.remaining == 0

    def _read(self, answer: PackageAnswer) -> None:
        self._requests_since_start += 1
        self._part.remember(answer.response.headers.get("etag", ""))
        for chunk in answer.response.iter_raw():
            if len(chunk) > self._part.remaining:
                self._refuse()
            self._part.append(chunk)
            self._stop_if_cancelled()
            progress = self._pace.progress(self._part.position)
            if progress is not None:
                self._on_progress(progress)
            self._pace.hold(len(chunk), self._cancelled)

    def _pause(self, wait: float, reason: str) -> None:
        if self._failures >= self._patience.attempts:
            raise DownloadStopped(reason=reason or N_("the connection was cut"), kept=self._part.position)
        doubled = self._patience.first_wait * 2 ** max(self._failures - 1, 0)
        self._cancelled.wait(wait or min(doubled, self._patience.longest_wait))

    def _stop_if_cancelled(self) -> None:
        if self._cancelled.is_set():
            raise DownloadCancelled(kept=self._part.position)
