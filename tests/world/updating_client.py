# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The parts of a client that bring updates, put together as after a start."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import httpx

from connection_client.backend.downloads import Patience, RangeDownloads
from connection_client.backend.trust import SignedCatalogue
from connection_client.domain.accounts import Account
from connection_client.domain.entitlements import Entitlement
from connection_client.domain.errors import ClientError
from connection_client.products.inventory import Inventory
from connection_client.storage.files import write_atomically
from connection_client.storage.history import HistoryFile
from connection_client.storage.kept_packages import PackageFolder
from connection_client.storage.update_locks import lock_beside, one_installation
from connection_client.storage.update_state import UpdateState
from connection_client.updates.context import Computer, Surroundings
from connection_client.updates.install import Applications, Installer
from connection_client.workspace.installation import Installation
from connection_client.workspace.observer import Observer
from connection_client.workspace.workspace import Workspace


@dataclass
class Book:
    """What the person may use; `problem` is what asking for it ends in."""

    known: dict[str, Entitlement] = field(default_factory=dict)
    problem: ClientError | None = None
    asked: int = 0

    def of(self, product_id: str) -> Entitlement | None:
        """The last answer."""
        return self.known.get(product_id)

    def refresh(self) -> None:
        """Ask again."""
        self.asked += 1
        if self.problem is not None:
            raise self.problem


class Machine(Protocol):
    """The computer that is kept up to date."""

    @property
    def installer(self) -> Installer:
        """What installs packages on it."""
        ...

    @property
    def inventory(self) -> Inventory:
        """What is installed on it."""
        ...

    @property
    def processes(self) -> Applications:
        """What runs on it."""
        ...

    def now(self) -> Computer:
        """What packages have to fit."""
        ...


@dataclass(frozen=True)
class UpdatingClient:
    """It keeps everything below `folder`, asks `address` and begins with the keys of `root`."""

    folder: Path
    computer: Machine
    client: httpx.Client
    address: Callable[[], str]
    root: Callable[[], bytes]
    account: Callable[[], Account | None]
    book: Book = field(default_factory=Book)
    surroundings: Callable[[], Surroundings] = Surroundings
    downloads: Path | None = None  # where they lie on a disk of their own

    @property
    def state(self) -> Path:
        """Where choices, history and kept packages lie."""
        return self.folder / "state"

    def workspace(self) -> Workspace:
        """With nothing in memory."""
        for made in (self.state, self.folder / "tuf"):
            made.mkdir(exist_ok=True)
        choices = UpdateState(self.state / "updates.json", lock_beside(self.state / "updates.json"))
        return Workspace(self._observer(choices), self._installation(choices))

    def _observer(self, choices: UpdateState) -> Observer:
        source = SignedCatalogue(
            client=self.client,
            address=self.address,
            folder=self.folder / "tuf",
            root=self.root,
            lock=lock_beside(self.folder / "tuf"),
            write=write_atomically,
            own_version="1.0",
        )
        return Observer(
            source=source,
            inventory=self.computer.inventory,
            applications=self.computer.processes,
            entitlements=self.book,
            account=self.account,
            computer=self.computer.now,
            choices=choices,
            clock=lambda: datetime.now(UTC),
            surroundings=self.surroundings,
        )

    def _installation(self, choices: UpdateState) -> Installation:
        downloads = RangeDownloads(
            client=self.client,
            address=self.address,
            folder=self.downloads or self.folder / "downloads",
            token=lambda: "token",
            patience=Patience(attempts=2, first_wait=0.01),
            headroom=0,
        )
        return Installation(
            downloads=downloads,
            installer=self.computer.installer,
            applications=self.computer.processes,
            inventory=self.computer.inventory,
            choices=choices,
            history=HistoryFile(self.state / "history.jsonl", lock_beside(self.state / "history.jsonl")),
            alone=one_installation(self.state),
            logs=self.folder / "logs",
            clock=lambda: datetime.now(UTC),
            kept=PackageFolder(self.state / "packages"),
        )
