# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The same against the real Center: its publisher signs, its delivery serves, the client installs."""

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from connection_client.domain.accounts import DOWNLOAD_ROLE, Account, Membership
from connection_client.domain.errors import CatalogueNotTrusted, DownloadNotGenuine, NotSignedIn
from connection_client.workspace.workspace import Workspace
from tests.world.catalogues import only
from tests.world.center import Center, running_center
from tests.world.computer import ScratchComputer
from tests.world.packages import make_deb
from tests.world.root import needs_root
from tests.world.updating_client import UpdatingClient

pytestmark = needs_root

MEMBER = Account("i", "s", "a@b.example", "A", Membership.ACTIVE, roles=(DOWNLOAD_ROLE,))


class World:
    """A Center that published two versions of a viewer, and a computer with the first."""

    def __init__(self, folder: Path, center: Center, client: httpx.Client) -> None:
        self.folder = folder
        self.center = center
        self.client = client
        self.account: Account | None = None
        self.computer = ScratchComputer(folder / "root")
        for version in ("10.1.0.12", "10.2.0.7"):
            program = {"/usr/bin/survey-viewer-ses": f"#!/bin/sh\necho {version}\n"}
            deb = make_deb(folder, "survey-viewer-ses", version, files=program, title="Survey Viewer SES")
            center.manage("publish", "add", str(deb), *(["--public"] if version.startswith("10.2") else []))
        self.computer.install(folder / "survey-viewer-ses_10.1.0.12_all.deb")

    def workspace(self) -> Workspace:
        root = self.center.state / "tuf" / "metadata" / "1.root.json"
        return UpdatingClient(
            folder=self.folder,
            computer=self.computer,
            client=self.client,
            address=lambda: self.center.address.rstrip("/"),
            root=root.read_bytes,
            account=lambda: self.account,
        ).workspace()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with (
        running_center(tmp_path / "center", example=False) as center,
        httpx.Client(trust_env=False, timeout=10) as client,
    ):
        yield World(tmp_path, center, client)


def test_what_the_center_publishes_is_offered_installed_and_then_defended(world: World) -> None:
    workspace = world.workspace()
    view = workspace.refresh(manual=True)
    assert view.problem is None
    row = only(view.rows)
    assert (row.installed.version_text, row.recommendation.release.version_text) == ("10.1.0.12", "10.2.0.7")

    report = workspace.install("survey-viewer", lambda _: None, threading.Event())

    assert report.after == "10.2.0.7"
    assert only(workspace.view.rows).recommendation is None

    deb = make_deb(world.folder, "survey-viewer-ses", "10.3.0.0", title="Survey Viewer SES")
    world.center.manage("publish", "add", str(deb), "--public")
    newest = max((world.center.state / "tuf/targets/catalogue").glob("*.v1.json"), key=_written)
    _change_one_byte(newest)
    assert isinstance(workspace.refresh(manual=True).problem, CatalogueNotTrusted)
    with pytest.raises(CatalogueNotTrusted):
        workspace.examine_file(deb)


def test_a_package_changed_on_the_center_is_refused(world: World) -> None:
    workspace = world.workspace()
    workspace.refresh(manual=True)
    for path in world.center.state.glob("**/survey-viewer-ses_10.2.0.7_all.deb"):
        _change_one_byte(path)

    with pytest.raises(DownloadNotGenuine):
        workspace.install("survey-viewer", lambda _: None, threading.Event())

    assert world.computer.version("survey-viewer-ses") == "10.1.0.12"


def test_the_center_itself_asks_who_downloads(world: World) -> None:
    deb = make_deb(world.folder, "survey-viewer-ses", "10.3.0.0", title="Survey Viewer SES")
    world.center.manage("publish", "add", str(deb))
    world.account = MEMBER
    workspace = world.workspace()
    workspace.refresh(manual=True)

    with pytest.raises(NotSignedIn):
        workspace.install("survey-viewer", lambda _: None, threading.Event())

    assert world.computer.version("survey-viewer-ses") == "10.1.0.12"


def _written(path: Path) -> int:
    return path.stat().st_mtime_ns


def _change_one_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
