# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A Mac in a folder, with an installer that works on it; nothing of it was run on a real one."""

import hashlib
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from connection_client.domain.catalogue import InstallRecipe, Package
from connection_client.products.inventory import Inventory
from connection_client.system.macos_bundles import application_folders
from connection_client.system.macos_detection import BundleDetector
from connection_client.system.macos_install import MacInstaller
from connection_client.updates.download import VerifiedFile
from connection_client.updates.install import Ended, Job
from tests.world.catalogues import catalogue, only, product_json
from tests.world.mac_tools import TEAM, MacTools
from tests.world.macintosh import IDENTIFIER, calls

KNOWN = catalogue(product_json("survey-viewer", detect=[{"type": "macos-bundle", "value": IDENTIFIER}]))


class Mac:
    """A Mac's folders and programs, and packages in a private folder."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder / "downloads of a person"
        self.root = folder / "root"
        self.folders = application_folders(folder / "home", self.root)
        self.folders[0].mkdir(parents=True)
        self.folder.mkdir()
        self.tools = MacTools(folder / "tools", self.root)
        self.installer = MacInstaller(self.folders, self.tools.path)
        self.inventory = Inventory([BundleDetector(self.folders)])
        self.log = folder / "logs/install.log"
        self._stack = stack

    def package(self, path: Path, **recipe: object) -> Package:
        kind = "pkg" if path.suffix == ".pkg" else "dmg-app"
        content = path.read_bytes()
        signer = {"team_id": team} if (team := recipe.pop("team", TEAM)) else {}
        digest = hashlib.sha256(content).hexdigest()
        install = InstallRecipe(kind, **recipe)  # type: ignore[arg-type]  # each test names what it wants
        return Package(
            "macos",
            "any",
            path.name,
            path.name,
            len(content),
            digest,
            install,
            signer=signer,  # type: ignore[arg-type]
        )

    def opened(self, path: Path, **recipe: object) -> VerifiedFile:
        return VerifiedFile(self.package(path, **recipe), path, self._stack.enter_context(path.open("rb")))

    def install(self, *files: Path | VerifiedFile, **recipe: object) -> Ended:
        opened = [file if isinstance(file, VerifiedFile) else self.opened(file, **recipe) for file in files]
        return self.installer.install(Job("Survey Viewer SES", tuple(opened), self.log))

    def version(self) -> str:
        return str(only(self.inventory.scan(KNOWN)).version_text)

    def asked(self, tool: str) -> list[list[str]]:
        return calls(self.tools.folder, tool)

    def hidden(self) -> list[str]:
        return [path.name for folder in self.folders for path in folder.glob(".*")]


def elevated(*words: str) -> "subprocess.CompletedProcess[bytes]":
    """The part with administrator rights, started as osascript starts it."""
    command = [sys.executable, "-m", "connection_client", "--install-packages", *words]
    return subprocess.run(command, capture_output=True, check=False)
