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

from connection_client.backend.addresses import host_of
from connection_client.backend.catalogue_json import read_catalogue, with_own_product, with_own_releases
from connection_client.backend.kept_catalogue import Kept, KeptCatalogue
from connection_client.backend.trust_errors import Expired, translated_trust
from connection_client.backend.tuf_fetchers import KEPT, HttpFetcher, KeptAndHttpFetcher, KeptFetcher
from connection_client.domain.catalogue import Catalogue, CatalogueState
from connection_client.domain.errors import (
    CatalogueError,
    CatalogueNotTrusted,
    ClientError,
    ClientTooOld,
    FolderNotWritable,
)
from connection_client.domain.language import N_

TARGET: Final = "catalogue/v1.json"
OWN_TARGET: Final = "client/v1.json"  # this client's own releases, signed by a role of their own
_LARGEST_ICON = 64 << 10  # bytes
_LARGEST_CATALOGUE = 64 << 20  # bytes; signed, but still no reason to fill a disk


class TrustedUpdater(Updater):
    """python-tuf's updater, bound to a root that came with this client or its organisation."""

    def __init__(
        self,
        folder: Path,
        metadata_address: str,
        targets_address: str,
        fetcher: FetcherInterface,
        root: bytes,
        now: datetime,
        targets_folder: Path | None = None,
    ) -> None:
        super().__init__(
            metadata_dir=str(folder),
            metadata_base_url=metadata_address,
            target_dir=str(targets_folder or folder),
            target_base_url=targets_address,
            fetcher=fetcher,
            config=UpdaterConfig(),
            bootstrap=root,
        )
        # python-tuf takes the system's clock; a set may have to be judged as of an earlier time.
        self._trusted_set.reference_time = now

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
        except (ClientError, exceptions.RepositoryError, exceptions.DownloadError, OSError):
            return None

    def refresh(self) -> CatalogueState:
        """Ask the Center for the newest list; raises CatalogueError, NetworkError, FolderNotWritable.

        A list for a newer client gives the last good one, with that newer client in it and the problem told.
        """
        with self._lock():
            try:
                updater, now = self._download(), self._clock()
                try:
                    catalogue = self._read(updater)
                except ClientTooOld as error:
                    return self._with_own_update(updater, error)
                self._kept.keep(self._folder / "metadata", now)
            except exceptions.RepositoryError as error:
                raise translated_trust(error, "") from error
            except OSError as error:
                raise FolderNotWritable(path=str(self._folder), reason=error.strerror or "") from error
        return CatalogueState(catalogue, confirmed_at=now)

    def icon(self, product_id: str) -> bytes:
        """As the port says; signed like the list, and checked by what was signed whenever it is read."""
        with self._lock():
            kept = self._kept.read()
            if kept is None:
                return b""
            folder = self._folder / "icons"
            folder.mkdir(mode=0o700, exist_ok=True)
            address = f"{self._address()}/tuf/targets"
            fetcher, root = KeptAndHttpFetcher(kept.folder, self._client), self._root()
            try:
                updater = TrustedUpdater(kept.folder, KEPT, address, fetcher, root, kept.confirmed_at, folder)
                updater.refresh()
                return signed_icon(updater, product_id)
            except (exceptions.RepositoryError, exceptions.DownloadError) as error:
                raise translated_trust(error, host_of(address)) from error

    def _download(self) -> Updater:
        address = f"{self._address()}/tuf"
        folder = self._folder / "metadata"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            fetcher = HttpFetcher(self._client)
            updater = TrustedUpdater(
                folder, f"{address}/metadata", f"{address}/targets", fetcher, self._root(), self._clock()
            )
            updater.refresh()
            for name in (TARGET, OWN_TARGET):
                target = _target(updater, name)
                if target is not None and updater.find_cached_target(target) is None:
                    updater.download_target(target)
        except (exceptions.RepositoryError, exceptions.DownloadError) as error:
            raise translated_trust(error, host_of(address)) from error
        return updater

    def _with_own_update(self, updater: Updater, error: ClientTooOld) -> CatalogueState:
        """The last good list, with what makes this client young enough; raises `error` where nothing does."""
        own = self._own_list(updater)
        if own is None or not own.products:
            raise error
        kept = self._read_kept() or CatalogueState(Catalogue(own.publisher, ()))
        catalogue = with_own_product(kept.catalogue, own)
        return CatalogueState(catalogue, kept.confirmed_at, installable=True, problem=error)

    def _own_list(self, updater: Updater) -> Catalogue | None:
        content = _verified_bytes(updater, OWN_TARGET)
        try:
            # Whoever is too old for other things may still update itself.
            return read_catalogue(content, None) if content is not None else None
        except CatalogueError:
            return None

    def _read(self, updater: Updater) -> Catalogue:
        """Both lists from verified bytes; raises CatalogueNotReadable, ClientTooOld, RepositoryError."""
        content = _verified_bytes(updater, TARGET)
        if content is None:
            raise CatalogueNotTrusted(reason=N_("the list itself is not among the signed files"))
        catalogue = read_catalogue(content, self._own_version)
        return with_own_releases(catalogue, self._own_list(updater))

    def _read_kept(self) -> CatalogueState | None:
        kept = self._kept.read()
        if kept is None:
            return None
        problem: Exception | None = None
        try:
            catalogue = self._read(self._checked(kept, self._clock()))
        except exceptions.ExpiredMetadataError as error:
            # It was good when it was confirmed: shown with its date, never installed from.
            problem = translated_trust(error, "")
            catalogue = self._read(self._checked(kept, kept.confirmed_at))
        return CatalogueState(catalogue, kept.confirmed_at, installable=problem is None, problem=problem)

    def _checked(self, kept: Kept, now: datetime) -> Updater:
        """The kept set, checked again as TUF does; raises RepositoryError, DownloadError."""
        fetcher = KeptFetcher(kept.folder)
        updater = TrustedUpdater(kept.folder, KEPT, KEPT, fetcher, self._root(), now)
        updater.refresh()
        for name in (TARGET, OWN_TARGET):
            _target(updater, name)
        return updater


def signed_icon(updater: Updater, product_id: str) -> bytes:
    """The picture of a product as it was signed, downloaded where it is not here; empty without one."""
    target = updater.get_targetinfo(f"catalogue/{product_id}.icon")
    if target is None or target.length > _LARGEST_ICON:
        return b""
    path = updater.find_cached_target(target) or updater.download_target(target)
    return Path(path).read_bytes()


def _target(updater: Updater, name: str) -> TargetFile | None:
    target = updater.get_targetinfo(name)
    if target is not None and target.length > _LARGEST_CATALOGUE:
        raise exceptions.LengthOrHashMismatchError(f"{name} is larger than any list")
    return target


def _verified_bytes(updater: Updater, name: str) -> bytes | None:
    """The file as it lies in the folder, where it is just what was signed."""
    target = _target(updater, name)
    if target is None:
        return None
    path = updater.find_cached_target(target)
    if path is None:
        raise exceptions.LengthOrHashMismatchError(name)
    return Path(path).read_bytes()
