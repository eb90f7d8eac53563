# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Everything between a publisher and an installed application, small and real."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx

from connection_client.backend.downloads import Patience, RangeDownloads
from connection_client.backend.trust import SignedCatalogue
from connection_client.domain.accounts import Account
from connection_client.domain.entitlements import Entitlement
from connection_client.domain.errors import ClientError
from connection_client.domain.progress import Progress
from connection_client.storage.files import write_atomically
from connection_client.storage.history import HistoryFile
from connection_client.storage.kept_packages import PackageFolder
from connection_client.storage.update_locks import lock_beside, one_installation
from connection_client.storage.update_state import UpdateState
from connection_client.system.linux_computer import this_computer
from connection_client.updates.context import Surroundings
from connection_client.workspace.installation import Installation
from connection_client.workspace.observer import Observer
from connection_client.workspace.view import InstallReport
from connection_client.workspace.workspace import Workspace
from tests.world.catalogues import Json, catalogue_json
from tests.world.computer import ScratchComputer
from tests.world.faulty_server import FaultyServer, faulty_server
from tests.world.packages import make_deb
from tests.world.tuf_repository import TufRepository


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


class Delivery:
    """The world; `workspace()` is the client as after a start."""

    def __init__(self, folder: Path, server: FaultyServer, client: httpx.Client) -> None:
        self.folder = folder
        self.server = server
        self.client = client
        self.repository = TufRepository(folder / "repository")
        self.files = folder / "files"
        self.computer = ScratchComputer(folder / "root")
        self.state = folder / "state"
        self.downloads = folder / "downloads"
        self.logs = folder / "logs"
        self.book = Book()
        self.account: Account | None = None
        self.surroundings = Surroundings()
        self.told: list[Progress] = []
        for made in (self.files, self.state, folder / "tuf"):
            made.mkdir()
        server.mounts = {"/tuf/": self.repository.folder, "/delivery/files/files/": self.files}

    def deb(self, version: str, name: str = "survey-viewer-ses", *depends: str, says: str = "") -> Path:
        """A package on the delivery server; with a desktop entry, and a program that says something."""
        program = {f"/usr/bin/{name}": f"#!/bin/sh\necho {says or version}\n"}
        return make_deb(self.files, name, version, files=program, depends=depends, title=name)

    def publish(self, *products: Json) -> None:
        """Sign a new list, and the client's own releases in a list of their own."""
        own = [product for product in products if product["id"] == "connection-client"]
        self.repository.publish(catalogue_json(*products), own=catalogue_json(*own))

    def workspace(self) -> Workspace:
        """A client with nothing in memory."""
        choices = UpdateState(self.state / "updates.json", lock_beside(self.state / "updates.json"))
        source = SignedCatalogue(
            client=self.client,
            address=lambda: self.server.address,
            folder=self.folder / "tuf",
            root=lambda: self.repository.root_bytes,
            lock=lock_beside(self.folder / "tuf"),
            write=write_atomically,
            own_version="1.0",
        )
        computer = self.computer
        observer = Observer(
            source=source,
            inventory=computer.inventory,
            applications=computer.processes,
            entitlements=self.book,
            account=lambda: self.account,
            computer=lambda: this_computer(computer.installer, computer.root),
            choices=choices,
            clock=lambda: datetime.now(UTC),
            surroundings=lambda: self.surroundings,
        )
        installation = Installation(
            downloads=RangeDownloads(
                client=self.client,
                address=lambda: self.server.address,
                folder=self.downloads,
                token=lambda: "token",
                patience=Patience(attempts=2, first_wait=0.01),
                headroom=0,
            ),
            installer=computer.installer,
            applications=computer.processes,
            inventory=computer.inventory,
            choices=choices,
            history=HistoryFile(self.state / "history.jsonl", lock_beside(self.state / "history.jsonl")),
            alone=one_installation(self.state),
            logs=self.logs,
            clock=lambda: datetime.now(UTC),
            kept=PackageFolder(self.state / "packages"),
        )
        return Workspace(observer, installation)

    def install(self, workspace: Workspace, product_id: str = "survey-viewer") -> InstallReport:
        """Press the button."""
        return workspace.install(product_id, self.told.append, threading.Event())


@contextmanager
def delivery(folder: Path) -> Iterator[Delivery]:
    """The world, gone afterwards."""
    with faulty_server() as server, httpx.Client(trust_env=False, timeout=5) as client:
        yield Delivery(folder, server, client)
