# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Everything between a publisher and an installed application, small and real."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from connection_client.domain.accounts import Account
from connection_client.domain.progress import Progress
from connection_client.updates.context import Surroundings
from connection_client.workspace.view import InstallReport
from connection_client.workspace.workspace import Workspace
from tests.world.catalogues import Json, catalogue_json
from tests.world.computer import ScratchComputer
from tests.world.faulty_server import FaultyServer, faulty_server
from tests.world.packages import make_deb
from tests.world.tuf_repository import TufRepository
from tests.world.updating_client import Book, UpdatingClient


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
        self.surroundings: Callable[[], Surroundings] = Surroundings
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
        return UpdatingClient(
            folder=self.folder,
            computer=self.computer,
            client=self.client,
            address=lambda: self.server.address,
            root=lambda: self.repository.root_bytes,
            account=lambda: self.account,
            book=self.book,
            surroundings=lambda: self.surroundings(),  # noqa: PLW0108  # tests change it
            downloads=self.downloads,
        ).workspace()

    def install(self, workspace: Workspace, product_id: str = "survey-viewer") -> InstallReport:
        """Press the button."""
        return workspace.install(product_id, self.told.append, threading.Event())


@contextmanager
def delivery(folder: Path) -> Iterator[Delivery]:
    """The world, gone afterwards."""
    with faulty_server() as server, httpx.Client(trust_env=False, timeout=5) as client:
        yield Delivery(folder, server, client)
