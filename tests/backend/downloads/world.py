# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A server that does as a test says, a folder, and a client that loses patience quickly."""

import hashlib
import random
import threading
from collections.abc import Callable
from pathlib import Path

import httpx

from connection_client.backend.downloads import Patience, RangeDownloads
from connection_client.domain.catalogue import InstallRecipe, Package
from connection_client.domain.progress import Progress
from connection_client.updates.download import VerifiedFile
from tests.world.faulty_server import Answer, FaultyServer

CONTENT = random.Random(7).randbytes(3_000_000)  # noqa: S311  # bytes, no secret


PATH = "/delivery/files/files/app.deb"


HTML = {"Content-Type": "text/html"}


def package(content: bytes = CONTENT, *, needs_account: bool = False) -> Package:
    return Package(
        os="linux",
        architecture="any",
        path="files/app.deb",
        filename="app.deb",
        length=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        install=InstallRecipe("deb"),
        needs_account=needs_account,
    )


class World:
    """A server, a folder, and a client that loses patience quickly."""

    def __init__(self, folder: Path, server: FaultyServer, client: httpx.Client) -> None:
        self.folder = folder
        self.server = server
        self.client = client
        self.told: list[Progress] = []

    mirror = ""

    def downloads(
        self, *, headroom: int = 0, attempts: int = 4, limit: int | Callable[[], int] = 0
    ) -> RangeDownloads:
        return RangeDownloads(
            client=self.client,
            address=lambda: self.server.address,
            folder=self.folder,
            token=lambda: "secret-token",
            limit=limit if callable(limit) else lambda: limit,
            patience=Patience(attempts=attempts, first_wait=0.01, longest_wait=0.02),
            headroom=headroom,
            mirror=lambda: self.mirror,
        )

    def fetch(
        self, wanted: Package | None = None, cancelled: threading.Event | None = None, headroom: int = 0
    ) -> VerifiedFile:
        return self.downloads(headroom=headroom).fetch(
            wanted or package(), self.told.append, cancelled or threading.Event()
        )

    def answer(self, answer: Answer) -> None:
        self.server.answers[PATH] = answer

    def ranges(self) -> list[str | None]:
        return [seen.headers.get("Range") for seen in self.server.requests(PATH)]

    def part(self) -> bytes:
        files = list(self.folder.glob("*.part"))
        return files[0].read_bytes() if files else b""


def is_good(file: VerifiedFile) -> bool:
    with file:
        return file.is_genuine() and file.path.read_bytes() == CONTENT
