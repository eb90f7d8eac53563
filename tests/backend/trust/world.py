# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A repository, the server in front of it, and a client that trusts its first root."""

from datetime import UTC, datetime
from pathlib import Path

import httpx

from connection_client.backend.trust import SignedCatalogue
from connection_client.storage.files import write_atomically
from connection_client.storage.update_locks import lock_beside
from tests.world.catalogues import catalogue_json, product_json, release_json
from tests.world.faulty_server import FaultyServer
from tests.world.tuf_repository import TufRepository

FIRST = catalogue_json(product_json("survey-viewer", release_json("10.1.0.12")))


SECOND = catalogue_json(product_json("survey-viewer", release_json("10.2.0.7")))


class World:
    """A repository, the server in front of it, and a client that trusts its first root."""

    def __init__(self, folder: Path, server: FaultyServer, client: httpx.Client) -> None:
        self.repository = TufRepository(folder / "repository")
        self.server = server
        self.folder = folder / "tuf"
        self.folder.mkdir()
        self._client = client
        self.now = datetime.now(UTC)
        server.mounts["/tuf/"] = self.repository.folder

    def source(self, root: bytes | None = None) -> SignedCatalogue:
        """A client as after a start."""
        return SignedCatalogue(
            client=self._client,
            address=lambda: self.server.address,
            folder=self.folder,
            root=lambda: root or self.repository.root_bytes,
            lock=lock_beside(self.folder),
            write=write_atomically,
            own_version="1.0",
            clock=lambda: self.now,
        )

    def versions(self) -> list[str]:
        """What the kept list offers."""
        state = self.source().cached()
        assert state is not None
        return [release.version_text for release in state.catalogue.products[0].releases]
