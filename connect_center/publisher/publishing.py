# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Publishes: joins the files, the catalogue, its checks and the signed repository under one lock."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

from filelock import FileLock, Timeout

from connect_center.publisher import catalogue as documents
from connect_center.publisher import rotation
from connect_center.publisher.catalogue import Document, ReleaseOrder
from connect_center.publisher.checks import findings
from connect_center.publisher.errors import CatalogueRefused, PublisherBusy, RepositoryMissing
from connect_center.publisher.in_force import RoleState
from connect_center.publisher.keys import KeyRing
from connect_center.publisher.package_entry import CLIENT_ID
from connect_center.publisher.package_files import PackageFiles
from connect_center.publisher.package_reader import PackageFacts, read_package
from connect_center.publisher.product_icon import icon_in, target_of
from connect_center.publisher.repository import Clock, SignedRepository, utc_now

CATALOGUE = "catalogue/v1.json"
CLIENT = "client/v1.json"  # the client's own releases again, signed by a key of their own
DELEGATIONS = {"catalogue": "catalogue/*", "client": "client/*"}
RENEW_WITHIN = timedelta(days=2)
_PATIENCE = 30.0


@dataclass(frozen=True)
class Published:
    """A package that clients can see; `new` is false when they could before."""

    product_id: str
    name: str
    facts: PackageFacts
    new: bool


class Publisher:
    """Everything that changes what clients see.

    `on_stored` is called with a package's path and file, and `on_prepared` with the new catalogue when all
    files are in place, both before clients can see it.
    """

    def __init__(
        self,
        state: Path,
        *,
        root_keys: Path | None = None,
        on_prepared: Callable[[Document], None] = lambda _document: None,
        on_stored: Callable[[str, Path], object] = lambda _path, _file: None,
        clock: Clock = utc_now,
        patience: float = _PATIENCE,
    ) -> None:
        keys = state / "keys" / "tuf"
        self.files = PackageFiles(state / "packages")
        self._keys = KeyRing(keys, root_keys or keys)
        self.repository = SignedRepository(state / "tuf", self._keys, clock)
        self._lock_file = state / "publisher.lock"
        self._on_prepared = on_prepared
        self._on_stored = on_stored
        self._clock = clock
        self._patience = patience

    def initialise(self, publisher: str) -> bool:
        """Make the keys and an empty catalogue; False when that was done before."""
        with self._alone():
            if not self.repository.exists:
                self.repository.initialise(DELEGATIONS)
            try:
                self.catalogue()
            except RepositoryMissing:
                self._put_in_force(documents.empty(publisher))
                return True
            return False

    def catalogue(self) -> Document:
        """The catalogue that clients see. Raises RepositoryMissing, RepositoryDamaged."""
        return documents.from_bytes(self.repository.read(CATALOGUE))

    def add(self, path: Path, order: ReleaseOrder) -> Published:
        """Publish a package. Raises PublishError; clients then see what they saw before."""
        facts = read_package(path, order.stated)
        with self._alone():
            before = self.catalogue()
            after = documents.with_package(before, facts, order, self._clock().date())
            self._refuse_useless(after)
            product_id = order.product_id or documents.product_id_of(facts)
            place = documents.package_path(product_id, facts)
            self.files.store(path, place, facts.sha256)
            self._on_stored(place, self.files.folder / place)
            icons = self._new_icons(product_id, order.icon or icon_in(path))
            new = after != before or bool(icons)
            if new:
                self._put_in_force(after, icons)
            return Published(product_id, documents.product_of(after, product_id)["name"], facts, new)

    def withdraw(self, product_id: str, version: str, reason: str) -> None:
        """Take a release back. Raises NotPublished, CatalogueRefused."""
        with self._alone():
            self._change(documents.withdrawn(self.catalogue(), product_id, version, reason))

    def roll_out(self, product_id: str, version: str, percent: int) -> None:
        """Offer a release to a share of the computers. Raises NotPublished, CatalogueRefused."""
        with self._alone():
            self._change(documents.rolled_out(self.catalogue(), product_id, version, percent))

    def renew(self, within: timedelta = RENEW_WITHIN) -> tuple[str, ...]:
        """Sign anew what ends within that time; returns the roles. Raises KeysMissing, RepositoryMissing."""
        with self._alone():
            return self.repository.renew(within)

    def rotate(self, role: str) -> None:
        """Change the key of a role. Raises RotationRefused, KeysMissing, RepositoryMissing."""
        with self._alone():
            rotation.rotate(self.repository, self._keys, role)

    def delegate(self, name: str, pattern: str) -> None:
        """Let a new role sign a folder of targets. Raises RotationRefused, KeysMissing."""
        with self._alone():
            rotation.delegate(self.repository, self._keys, name, pattern)

    def take_back(self, name: str) -> None:
        """End a delegation. Raises RotationRefused, KeysMissing."""
        with self._alone():
            rotation.take_back(self.repository, name, tuple(DELEGATIONS))

    def prune(self, kept: timedelta) -> tuple[str, ...]:
        """Remove what was superseded longer ago than that; returns the names of the files."""
        with self._alone():
            return self.repository.prune(self._clock() - kept)

    def ending(self, within: timedelta) -> list[str]:
        """What ends within that time, a sentence for each role."""
        soon = self._clock() + within
        return [
            f"The role {state.role} ends at {state.expires:%Y-%m-%d %H:%M} UTC. Sign it anew: publish renew"
            for state in self.states()
            if self._clock() < state.expires <= soon
        ]

    def states(self) -> tuple[RoleState, ...]:
        """The signed roles in force."""
        return self.repository.states()

    def check(self) -> list[str]:
        """What is wrong with what clients see: signatures, ends, catalogue, files. Raises PublishError."""
        now = self._clock()
        found = [
            f"The role {s.role} ended at {s.expires:%Y-%m-%d %H:%M}."
            for s in self.states()
            if s.expires <= now
        ]
        document = self.catalogue()
        found += findings(document)
        expected = documents.to_bytes(documents.only(document, CLIENT_ID))
        if self.repository.read(CLIENT) != expected:
            found.append("The client's own releases differ between its two signed lists.")
        return found + list(filter(None, map(self.files.finding, _packages(document))))

    # ---- inside ----------------------------------------------------------------------------------
    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._lock_file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self._lock_file, timeout=self._patience):
                yield
        except Timeout as error:
            raise PublisherBusy(
                "Somebody else is publishing at this moment. Nothing was changed. "
                "Run this again when they are done."
            ) from error

    def _change(self, document: Document) -> None:
        self._refuse_useless(document)
        self._put_in_force(document)

    def _refuse_useless(self, document: Document) -> None:
        found = findings(document)
        if found:
            raise CatalogueRefused(found)

    def _new_icons(self, product_id: str, icon: bytes) -> dict[str, bytes]:
        """What is to be signed so that clients show that icon; nothing where they do already."""
        target = target_of(product_id)
        try:
            known = self.repository.read(target)
        except RepositoryMissing:
            known = b""
        return {target: icon} if icon and icon != known else {}

    def _put_in_force(self, document: Document, icons: Mapping[str, bytes] = MappingProxyType({})) -> None:
        self._on_prepared(document)
        own = documents.only(document, CLIENT_ID)
        try:
            self.repository.publish(
                {CATALOGUE: documents.to_bytes(document), CLIENT: documents.to_bytes(own), **icons}
            )
        except BaseException:
            self._restore()
            raise

    def _restore(self) -> None:
        """Tell the listener what is in force after all."""
        try:
            self._on_prepared(self.catalogue())
        except RepositoryMissing:  # the first publication failed; there is nothing to go back to
            return


def _packages(document: Document) -> Iterator[Document]:
    for product in document["products"]:
        for release in product["releases"]:
            yield from release["packages"]
