# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A Debian in a folder, and packages for it."""

import hashlib
from contextlib import ExitStack
from pathlib import Path

from connection_client.domain.catalogue import InstallRecipe, Package
from connection_client.updates.download import VerifiedFile
from connection_client.updates.install import Job
from tests.world.computer import ScratchComputer
from tests.world.packages import make_deb


def package(path: Path) -> Package:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return Package("linux", "any", path.name, path.name, len(content), digest, InstallRecipe("deb"))


class World:
    """A computer, and packages in a private folder."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.computer = ScratchComputer(folder / "root")
        self.folder = folder
        self.log = folder / "install.log"
        self._stack = stack

    def deb(self, version: str, name: str = "viewer-ses", *depends: str) -> Path:
        return make_deb(
            self.folder,
            name,
            version,
            files={f"/usr/bin/{name}": f"#!/bin/sh\n# {version}\n"},
            depends=depends,
        )

    def install(self, *paths: Path) -> None:
        files = [self._stack.enter_context(self.opened(path)) for path in paths]
        self.computer.installer.install(Job("Viewer SES", tuple(files), self.log))

    def opened(self, path: Path) -> VerifiedFile:
        return VerifiedFile(package(path), path, self._stack.enter_context(path.open("rb")))
