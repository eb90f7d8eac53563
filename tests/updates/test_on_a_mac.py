# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""From a signed list to an updated application on a Mac: everything is the client's own but Apple's programs.

They are stand-ins, as a Mac is not to be had here; downloads, trust, detection and history are real.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from connection_client.bootstrap.local import local_of
from connection_client.bootstrap.local_macos import macos
from connection_client.domain.errors import ApplicationRunning, NeedsRights, VersionDidNotChange
from connection_client.domain.recommendations import Blocker
from connection_client.products.inventory import Inventory
from connection_client.storage.folders import Folders
from connection_client.system.linux_install import LinuxInstaller
from connection_client.system.macos_install import MacInstaller
from connection_client.updates.context import Computer
from connection_client.workspace.workspace import Workspace
from tests.world.catalogues import catalogue_json, only, package_json, product_json, release_json
from tests.world.faulty_server import faulty_server
from tests.world.mac_tools import TEAM, MacTools, make_dmg, make_pkg
from tests.world.macintosh import IDENTIFIER, calls, make_tool
from tests.world.tuf_repository import TufRepository
from tests.world.updating_client import UpdatingClient

RULES = [
    {"type": "macos-bundle", "value": IDENTIFIER},
    {"type": "macos-receipt", "value": "com.example.pkg.viewer"},
]


class MacOfAPerson:
    """Joined as the client joins it on a Mac, and a publisher who has something for it."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.root, self.files = folder / "root", folder / "files"
        for made in (self.root / "Applications", self.files):
            made.mkdir(parents=True)
        self.tools = MacTools(folder / "tools", self.root)
        self.runs()
        self.local = macos(Folders.under(folder / "own"), folder / "home", self.root, self.tools.path)
        self.inventory = Inventory(self.local.detectors, self.local.watched)
        self.installer, self.processes = self.local.installer, self.local.applications
        self.repository = TufRepository(folder / "repository")
        server = stack.enter_context(faulty_server())
        server.mounts = {"/tuf/": self.repository.folder, "/delivery/files/files/": self.files}
        self.client = UpdatingClient(
            folder=folder,
            computer=self,
            client=stack.enter_context(httpx.Client(trust_env=False, timeout=5)),
            address=lambda: server.address,
            root=lambda: self.repository.root_bytes,
            account=lambda: None,
        )

    def now(self) -> Computer:
        return self.local.computer()

    def runs(self, *programs: Path) -> None:
        make_tool(self.tools.folder, "ps", "".join(f"echo '{program}'\n" for program in programs))

    def publish(self, *files: Path, **recipe: object) -> None:
        """One release for each file, whose name begins with the version."""
        releases = []
        for file in files:
            kind = {".pkg": "pkg", ".dmg": "dmg-app"}[file.suffix]
            install = {"type": kind, "elevation": "self", **recipe}
            package = package_json(file, os="macos", install=install, signer={"team_id": TEAM})
            releases.append(release_json(file.name.split("-")[1], package))
        self.repository.publish(catalogue_json(product_json("survey-viewer", *releases, detect=RULES)))

    def dmg(self, version: str) -> Path:
        made = make_dmg(self.files.parent, version)
        return made.rename(self.files / f"viewer-{version}-x.dmg")


@pytest.fixture
def mac(tmp_path: Path) -> Iterator[MacOfAPerson]:
    with ExitStack() as stack:
        yield MacOfAPerson(tmp_path, stack)


def install(workspace: Workspace) -> tuple[str, str]:
    workspace.refresh()
    report = workspace.install("survey-viewer", lambda _progress: None, threading.Event())
    return report.before, report.after


def test_an_image_is_offered_installed_updated_and_taken_back(mac: MacOfAPerson) -> None:
    old, new = mac.dmg("10.1"), mac.dmg("10.2")
    workspace = mac.client.workspace()
    mac.publish(old)
    assert install(workspace) == ("", "10.1")
    before = mac.inventory.stamp()

    mac.publish(old, new)
    assert install(workspace) == ("10.1", "10.2")
    assert mac.inventory.stamp() != before
    assert only(workspace.refresh().rows).recommendation is None

    report = workspace.go_back("survey-viewer", lambda _progress: None, threading.Event())
    assert (report.before, report.after) == ("10.2", "10.1")
    assert [entry.outcome for entry in workspace.history()] == ["installed"] * 3


def test_a_package_is_found_by_bundle_and_receipt(mac: MacOfAPerson) -> None:
    made = make_pkg(mac.files.parent, "10.2")
    mac.publish(made.rename(mac.files / "viewer-10.2-x.pkg"))
    workspace = mac.client.workspace()

    assert install(workspace) == ("", "10.2")

    found = only(workspace.refresh().rows).installed
    assert [evidence.source for evidence in found.evidence] == ["bundle", "receipt"]


def test_an_installer_that_is_content_but_changed_nothing_is_told(mac: MacOfAPerson) -> None:
    old, new = mac.dmg("10.1"), mac.dmg("10.2")
    workspace = mac.client.workspace()
    mac.publish(old)
    install(workspace)
    mac.publish(old, new)
    make_tool(mac.tools.folder, "ditto", f'cp -a "{mac.root}/Applications/Survey Viewer.app" "$2"')

    with pytest.raises(VersionDidNotChange):
        install(workspace)


def test_while_it_runs_nothing_is_installed_and_it_is_asked_to_quit(mac: MacOfAPerson) -> None:
    old, new = mac.dmg("10.1"), mac.dmg("10.2")
    workspace = mac.client.workspace()
    mac.publish(old)
    install(workspace)
    mac.publish(old, new)
    mac.runs(mac.root / "Applications/Survey Viewer.app/Contents/MacOS/viewer")

    (row,) = workspace.refresh().rows
    assert row.recommendation is not None
    assert Blocker.APPLICATION_RUNNING in row.recommendation.blockers
    with pytest.raises(ApplicationRunning):
        install(workspace)

    make_tool(mac.tools.folder, "osascript", "echo asked")
    assert row.installed is not None
    assert mac.processes.ask_to_close(row.installed)
    assert calls(mac.tools.folder, "osascript")[-1][-1] == IDENTIFIER


def test_a_no_to_the_question_for_rights_keeps_what_was_there(
    mac: MacOfAPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    mac.publish(mac.dmg("10.1"), elevation="required")
    mac.tools.say("refused", "0:78: execution error: User canceled. (-128)\n")
    monkeypatch.setattr("os.geteuid", lambda: 1000)

    with pytest.raises(NeedsRights):
        install(mac.client.workspace())

    assert list((mac.root / "Applications").iterdir()) == []


@pytest.mark.parametrize(("system", "kind"), [("darwin", MacInstaller), ("linux", LinuxInstaller)])
def test_each_system_is_joined_with_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, kind: type
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    local = local_of(Folders.under(tmp_path))
    monkeypatch.undo()

    assert isinstance(local.installer, kind)
    local.close()
