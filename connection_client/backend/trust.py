# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The publisher's catalogue, trusted through TUF (specification 1.0) and through nothing else.

python-tuf checks signatures, thresholds, versions, expiry and hashes. Here its errors become ours, its
folder is guarded by one lock for all processes, and the last good set of files is kept beside it, so that
an attempt which fails in the middle leaves the list that was shown.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import httpx
from tuf.api import exceptions
from tuf.api.metadata import TargetFile
from tuf.ngclient import Updater, UpdaterConfig
from tuf.ngclient.fetcher import FetcherInterface

from connection_client.backend.catalogue_json import read_catalogue
from connection_client.backend.http import host_of
from connection_client.backend.kept_catalogue import Kept, KeptCatalogue
from connection_client.backend.tuf_fetchers import HttpFetcher, KeptFetcher
from connection_client.domain.catalogue import CatalogueState
from connection_client.domain.errors import (
    CatalogueError,
    CatalogueExpired,
    CatalogueNotTrusted,
    CenterAnswersNonsense,
    CenterUnreachable,
    FolderNotWritable,
    NetworkError,
)
from connection_client.domain.language import N_

TARGET: Final = "catalogue/v1.json"
_LARGEST_CATALOGUE = 64 << 20  # bytes; signed, but still no reason to fill a disk


class TrustedUpdater(Updater):
    """python-tuf's updater, bound to a root that came with this client or its organisation."""

    def __init__(
        self,
        folder: Path,
        address: str,
        fetcher: FetcherInterface,
        root: bytes,
        reference_time: datetime | None = None,
    ) -> None:
        super().__init__(
            metadata_dir=str(folder),
            metadata_base_url=f"{address}/metadata/",
            target_dir=str(folder),
            target_base_url=f"{address}/targets/",
            fetcher=fetcher,
            config=UpdaterConfig(),
            bootstrap=root,
        )
        if reference_time is not None:
            # python-tuf has no public way to ask whether a set was good at an earlier time.
            self._trusted_set.reference_time = reference_time

    def refresh(self) -> None:
        """As python-tuf has it, but an expiry also says when it was."""
        try:
            super().refresh()
        except exceptions.ExpiredMetadataError as error:
            raise Expired(self._ended()) from error

    def _ended(self) -> datetime | None:
        loaded = self._trusted_set
        dates = [loaded.root.expires]
        with suppress(KeyError, RuntimeError):
            dates.append(loaded.timestamp.expires)
            dates.append(loaded.snapshot.expires)
            dates.append(loaded.targets.expires)
        return min((date for date in dates if date <= loaded.reference_time), default=None)


class Expired(exceptions.ExpiredMetadataError):
    """Signed metadata whose time is over since `date`; None where only its signer knows when."""

    def __init__(self, date: datetime | None) -> None:
        super().__init__("expired")
        self.date = date


class SignedCatalogue:
    """Implements `products.catalogue_source.CatalogueSource` over HTTP; may be called from any thread.

    `root` is the first trusted root metadata; `lock` guards the folder across processes; `write` replaces
    a file in one step; `clock` gives an aware now.
    """

    def __init__(
        self,
        client: httpx.Client,
        address: Callable[[], str],
        folder: Path,
        root: Callable[[], bytes],
        lock: Callable[[], AbstractContextManager[object]],
        write: Callable[[Path, bytes], None],
        own_version: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._client = client
        self._address = address
        self._folder = folder
        self._root = root
        self._lock = lock
        self._own_version = own_version
        self._clock = clock
        self._kept = KeptCatalogue(folder, write)

    def cached(self) -> CatalogueState | None:
        """The last good list, checked again from the bytes on disk; None where nothing can be vouched for."""
        try:
            with self._lock():
                return self._read_kept()
        except (FolderNotWritable, OSError):
            return None

    def refresh(self) -> CatalogueState:
        """Ask the Center for the newest list; raises CatalogueError, NetworkError, FolderNotWritable."""
        with self._lock():
            try:
                content, now = self._download(), self._clock()
                catalogue = read_catalogue(content, self._own_version)
                self._keep(content, now)
            except OSError as error:
                raise FolderNotWritable(path=str(self._folder), reason=error.strerror or "") from error
        return CatalogueState(catalogue, confirmed_at=now)

    def _download(self) -> bytes:
        address = f"{self._address()}/tuf"
        folder = self._folder / "metadata"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            updater = TrustedUpdater(folder, address, HttpFetcher(self._client), self._root())
            updater.refresh()
            target = _target_of(updater)
            path = updater.find_cached_target(target) or updater.download_target(target)
            return Path(path).read_bytes()
        except (exceptions.RepositoryError, exceptions.DownloadError) as error:
            raise translated_trust(error, host_of(address)) from error

    def _keep(self, content: bytes, now: datetime) -> None:
        kept = self._kept.read()
        if kept is not None and _is_same(kept, self._folder / "metadata", content):
            self._kept.confirm(kept, now)
        else:
            self._kept.replace(self._folder / "metadata", content, now)

    def _read_kept(self) -> CatalogueState | None:
        kept = self._kept.read()
        if kept is None:
            return None
        try:
            content, problem = self._verified(kept, None), None
        except exceptions.ExpiredMetadataError as error:
            # It was good when it was confirmed: shown with its date, never installed from.
            problem = translated_trust(error, "")
            try:
                content = self._verified(kept, kept.confirmed_at)
            except (exceptions.RepositoryError, exceptions.DownloadError):
                return None
        except (exceptions.RepositoryError, exceptions.DownloadError):
            return None
        try:
            catalogue = read_catalogue(content, self._own_version)
        except CatalogueError:
            return None
        return CatalogueState(catalogue, kept.confirmed_at, installable=problem is None, problem=problem)

    def _verified(self, kept: Kept, reference_time: datetime | None) -> bytes:
        updater = TrustedUpdater(
            kept.metadata, "kept:", KeptFetcher(kept.metadata), self._root(), reference_time
        )
        updater.refresh()
        target = _target_of(updater)
        if updater.find_cached_target(target, str(kept.catalogue)) is None:
            raise exceptions.LengthOrHashMismatchError(TARGET)
        return kept.catalogue.read_bytes()


def _target_of(updater: Updater) -> TargetFile:
    target = updater.get_targetinfo(TARGET)
    if target is None:
        raise exceptions.RepositoryError(f"{TARGET} is not among the signed files")
    if target.length > _LARGEST_CATALOGUE:
        raise exceptions.LengthOrHashMismatchError(f"{TARGET} is larger than any list")
    return target


def _is_same(kept: Kept, metadata: Path, content: bytes) -> bool:
    """Whether the kept set proves just these bytes with just this metadata."""
    names = ("timestamp.json", "snapshot.json", "targets.json", "root.json")
    try:
        return kept.catalogue.read_bytes() == content and all(
            (kept.metadata / name).read_bytes() == (metadata / name).read_bytes() for name in names
        )
    except OSError:
        return False


def translated_trust(error: Exception, host: str) -> CatalogueError | NetworkError:
    """What python-tuf says, in our words."""
    if isinstance(error.__cause__, NetworkError):
        return error.__cause__
    if isinstance(error, exceptions.DownloadLengthMismatchError):
        return CatalogueNotTrusted(reason=N_("the answer does not end"))
    if isinstance(error, exceptions.DownloadError):
        return _outage(error, host)
    if isinstance(error, exceptions.ExpiredMetadataError):
        ended = error.date if isinstance(error, Expired) else None
        return CatalogueExpired(date=ended.date() if ended else N_("a day before today"))
    return CatalogueNotTrusted(reason=_distrust(error))


def _outage(error: exceptions.DownloadError, host: str) -> NetworkError:
    if isinstance(error, exceptions.DownloadHTTPError):
        return CenterAnswersNonsense(host=host, reason=f"HTTP {error.status_code}")
    slow = isinstance(error, exceptions.SlowRetrievalError)
    reason = N_("the answer is too slow") if slow else N_("the connection was cut")
    return CenterUnreachable(host=host, reason=reason)


def _distrust(error: Exception) -> str:
    if isinstance(error, exceptions.BadVersionNumberError):
        return N_("it is older than one that was seen before, or does not belong together")
    if isinstance(error, exceptions.UnsignedMetadataError):
        return N_("the publisher's keys did not sign it")
    if isinstance(error, exceptions.LengthOrHashMismatchError):
        return N_("its content is not what was signed")
    return N_("it is no signed list at all")
