# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A Debian computer of its own below a folder, changed by the real dpkg and apt-get."""

import subprocess
from pathlib import Path

from connection_client.domain.catalogue import Product
from connection_client.products.detector import Finding
from connection_client.products.inventory import Inventory
from connection_client.system.dpkg_database import DpkgDatabase
from connection_client.system.linux_computer import this_computer
from connection_client.system.linux_detection import DpkgDetector
from connection_client.system.linux_install import PackageInstaller
from connection_client.system.linux_processes import LinuxProcesses
from connection_client.updates.context import Computer

_FOLDERS = (
    "var/lib/dpkg/info",
    "var/lib/dpkg/updates",
    "var/lib/dpkg/triggers",
    "var/lib/apt/lists/partial",
    "var/cache/apt/archives/partial",
    "var/log/apt",
    "etc/apt/sources.list.d",
    "etc/apt/preferences.d",
    "usr/bin",
    "tmp",
)


class ScratchComputer:
    """Nothing of it touches the machine that the tests run on."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in _FOLDERS:
            (root / folder).mkdir(parents=True)
        for file in ("var/lib/dpkg/status", "etc/apt/sources.list"):
            (root / file).touch()
        self.database = DpkgDatabase(root)
        self.detector = DpkgDetector(self.database)
        self.inventory = Inventory([self.detector], [self.database.status_file])
        self.installer = PackageInstaller("deb", root)
        self.processes = LinuxProcesses(self.database)

    def now(self) -> Computer:
        """What packages have to fit."""
        return this_computer(self.installer, self.root)

    def install(self, *debs: Path) -> None:
        """What an administrator does by hand."""
        self._dpkg("--install", *map(str, debs))

    def remove(self, name: str) -> None:
        """Take a package away, with its configuration left."""
        self._dpkg("--remove", name)

    def version(self, name: str) -> str:
        """The version that the package database states, "" where there is none."""
        return next((package.version for package in self.database.installed({name})), "")

    def find(self, product: Product) -> list[Finding]:
        """What detection finds of one product."""
        return list(self.detector.find([product]))

    def _dpkg(self, *arguments: str) -> None:
        subprocess.run(
            ["dpkg", f"--root={self.root}", "--force-not-root", "--force-depends", *arguments],
            check=True,
            capture_output=True,
        )
