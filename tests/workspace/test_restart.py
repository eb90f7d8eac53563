# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""An installer that wants the computer to be started anew: said in the report and in the history."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from connection_client.domain.catalogue import Package
from connection_client.updates.install import Ended, Installer, Job
from connection_client.workspace.installation import Installation
from tests.world.catalogues import package_json, product_json, release_json
from tests.world.delivery import Delivery, delivery


@dataclass(frozen=True)
class WantsRestart:
    """The computer's own installer, or with `lazily` one that replaces files only at the next start."""

    own: Installer
    lazily: bool = False

    def obstacle(self, package: Package) -> str:
        return self.own.obstacle(package)

    def can_elevate(self) -> bool:
        return self.own.can_elevate()

    def install(self, job: Job) -> Ended:
        if not self.lazily:
            self.own.install(job)
        return Ended(restart=True)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Delivery]:
    with delivery(tmp_path) as world:
        world.computer.install(world.deb("10.1.0.12"))
        releases = [
            release_json(version, package_json(world.deb(version))) for version in ("10.1.0.12", "10.2.0.7")
        ]
        world.publish(product_json("survey-viewer", *releases))
        yield world


@pytest.mark.parametrize(("lazily", "after"), [(False, "10.2.0.7"), (True, "10.1.0.12")])
def test_it_is_told_and_kept(world: Delivery, after: str, *, lazily: bool) -> None:
    workspace = world.workspace()
    installation: Installation = vars(workspace)["_installation"]
    wanting = replace(installation, installer=WantsRestart(installation.installer, lazily))
    vars(workspace)["_installation"] = wanting
    workspace.refresh()
    report = workspace.install("survey-viewer", world.told.append, threading.Event())
    assert (report.after, report.restart) == (after, True)
    (entry,) = world.workspace().history()
    assert (entry.outcome, entry.restart) == ("installed", True)
