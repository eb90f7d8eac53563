# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""update and install, where the client's own setup goes on once the command has ended."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from connection_client.cli.main import main
from connection_client.cli.products import GOES_ON
from connection_client.domain.catalogue import Package
from connection_client.domain.installed import OWN_PRODUCT
from connection_client.updates.install import Ended, Installer, Job
from connection_client.workspace.installation import Installation
from connection_client.workspace.rooms import Rooms
from tests.cli.conftest import cli_rooms
from tests.world.catalogues import package_json, product_json, release_json
from tests.world.delivery import Delivery, delivery
from tests.world.openid_provider import LyingProvider
from tests.world.root import needs_root

pytestmark = needs_root
Run = Callable[..., int]
Output = pytest.CaptureFixture[str]


@dataclass(frozen=True)
class Leaves:
    """The computer's own installer, which leaves the client's own setup alone once it has begun."""

    own: Installer
    jobs: list[str] = field(default_factory=list)

    def obstacle(self, package: Package) -> str:
        return self.own.obstacle(package)

    def can_elevate(self) -> bool:
        return self.own.can_elevate()

    def install(self, job: Job) -> Ended:
        self.jobs.append(job.product_id)
        return Ended(goes_on=True) if job.product_id == OWN_PRODUCT else self.own.install(job)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Delivery]:
    """A viewer and the client itself are older than what is published."""
    with delivery(tmp_path) as world:
        for name in ("survey-viewer-ses", "connection-client-ses"):
            world.computer.install(world.deb("10.1.0.12", name))
        names = {"connection-client-ses": OWN_PRODUCT, "survey-viewer-ses": "survey-viewer"}
        world.publish(
            *(
                product_json(product, release_json("10.2.0.7", package_json(world.deb("10.2.0.7", package))))
                for package, product in names.items()
            )
        )
        yield world


@pytest.fixture
def leaving() -> list[str]:
    return []


@pytest.fixture
def run(
    bus: str,
    provider: LyingProvider,
    world: Delivery,
    leaving: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)

    def rooms() -> Rooms:
        workspace = world.workspace()
        installation: Installation = vars(workspace)["_installation"]
        vars(workspace)["_installation"] = replace(
            installation, installer=Leaves(installation.installer, leaving)
        )
        return cli_rooms(tmp_path, provider.issuer, workspace)

    return lambda *words: main(words, rooms)


@pytest.mark.parametrize("how", [(), ("--unattended",)])
def test_the_command_ends_with_5_and_says_where_the_end_is_told(
    run: Run, capsys: Output, how: tuple[str, ...]
) -> None:
    assert run("update", OWN_PRODUCT, *how) == GOES_ON == 5
    assert "has begun and goes on by itself once this command has ended" in capsys.readouterr().out
    assert run("history") == 0
    assert "10.1.0.12 → 10.2.0.7  started" in capsys.readouterr().out


def test_as_json_it_is_told_apart_from_what_is_installed(run: Run, capsys: Output) -> None:
    assert run("update", OWN_PRODUCT, "--json") == GOES_ON
    (one,) = json.loads(capsys.readouterr().out)["installed"]
    assert (one["id"], one["after"], one["goes_on"]) == (OWN_PRODUCT, "10.2.0.7", True)


def test_of_all_the_client_comes_last(run: Run, world: Delivery, leaving: list[str], capsys: Output) -> None:
    assert run("update", "--all") == GOES_ON
    assert leaving == ["survey-viewer", OWN_PRODUCT]
    assert world.computer.version("survey-viewer-ses") == "10.2.0.7"
    assert "10.2.0.7 is installed" in capsys.readouterr().out


def test_where_something_else_failed_that_counts(
    run: Run, world: Delivery, leaving: list[str], capsys: Output
) -> None:
    for package in world.files.glob("survey*10.2.0.7*"):
        package.unlink()
    assert run("update", "--all") == 3
    assert leaving == [OWN_PRODUCT]
    assert capsys.readouterr().err
