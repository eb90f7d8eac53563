# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The small setup as a package of the catalogue, and what it leaves in the registry."""

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

from connection_client.domain.catalogue import Catalogue, DetectRule, InstallRecipe, Package, Product
from connection_client.products.inventory import Inventory
from connection_client.system.windows_detection import RegistryDetector
from connection_client.system.windows_install import WindowsInstaller
from connection_client.updates.download import VerifiedFile
from connection_client.updates.install import Ended, Job
from tests.windows.world import SETUPS

VIEWER = Product("small-viewer", "Small Viewer SES", (DetectRule("arp-key", value="small-viewer"),))


def package(
    path: Path,
    *silent: str,
    exit_codes: Mapping[int, str] | None = None,
    elevation: str = "self",
    signer: Mapping[str, str] | None = None,
    kind: str = "nsis",
) -> Package:
    content = path.read_bytes()
    arguments = {"silent": ("/S", *silent)}
    recipe = InstallRecipe(kind, "user", elevation, arguments, exit_codes or {})
    digest = hashlib.sha256(content).hexdigest()
    return Package("windows", "x64", "p", path.name, len(content), digest, recipe, signer=signer or {})


def install(path: Path, wanted: Package, logs: Path) -> Ended:
    with VerifiedFile(wanted, path, path.open("rb")) as file:
        return WindowsInstaller().install(Job("Small Viewer SES", (file,), logs / "install.log"))


def copied(to: Path, name: str = "small-10.1.0.12.exe") -> Path:
    return Path(shutil.copy(SETUPS / name, to))


def version_now() -> list[str]:
    found = Inventory([RegistryDetector()]).scan(Catalogue("Example Systems", (VIEWER,)))
    return [entry.version_text for entry in found]
