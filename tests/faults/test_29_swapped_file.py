# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A file is swapped between its check and the start of the installer.

Keeps the checked file open and hashes what that handle gives; what was put in its place is not installed.
"""

import hashlib
from pathlib import Path

import pytest

from connection_client.domain.catalogue import InstallRecipe, Package
from connection_client.domain.errors import PackageChanged
from connection_client.updates.download import VerifiedFile
from connection_client.updates.install import Job
from tests.world.delivery import Delivery


def verified(path: Path) -> VerifiedFile:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    package = Package("linux", "any", path.name, path.name, len(content), digest, InstallRecipe("deb"))
    return VerifiedFile(package, path, path.open("rb"))


@pytest.mark.parametrize("swap", ["another file in its place", "one byte in the same file"])
def test_it_is_noticed(world: Delivery, swap: str) -> None:
    path = world.deb("10.2.0.7")
    with verified(path) as file:
        if swap == "one byte in the same file":
            with path.open("r+b") as same:
                same.seek(-1, 2)
                same.write(b"x")
        else:
            world.deb("1.0", name="evil").replace(path)
        with pytest.raises(PackageChanged):
            world.computer.installer.install(Job("Survey Viewer SES", (file,), world.folder / "log"))
    assert world.computer.version("evil") == ""
    assert world.computer.version("survey-viewer-ses") == ""
