# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Real flatpak bundles for everybody: from the signed list to the disk, back again, and by one question."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from connection_client.products.inventory import Inventory
from connection_client.system.flatpak_detection import FlatpakDetector
from connection_client.system.flatpak_install import FlatpakInstaller
from connection_client.system.linux_computer import this_computer
from connection_client.system.linux_install import LinuxInstaller, PackageInstaller
from connection_client.updates.context import Computer
from connection_client.workspace.workspace import Workspace
from tests.system.polkit_world import WELL, PolkitWorld, question, refused
from tests.world.catalogues import Json, only, package_json, product_json, release_json
from tests.world.delivery import Delivery, delivery
from tests.world.flatpaks import ID, make_bundle, make_runtime, run
from tests.world.polkit import ACTION, PASSWORD, PERSON
from tests.world.root import needs_root
from tests.world.updating_client import UpdatingClient

pytestmark = [
    needs_root,
    pytest.mark.skipif(shutil.which("flatpak") is None, reason="flatpak is not installed"),
]
SHOWN = ("list", "--system", "--app", "--columns=application,version,installation")


class Machine:
    """A computer whose applications for everybody lie below `root`; `delivered` has its processes."""

    def __init__(self, delivered: Delivery, root: Path) -> None:
        self.installer = LinuxInstaller(PackageInstaller("deb", root), FlatpakInstaller(root=root))
        self.inventory = Inventory([FlatpakDetector()])
        self.processes = delivered.computer.processes

    def now(self) -> Computer:
        return this_computer(self.installer)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Delivery]:
    """A computer with the runtime for everybody, and none of this machine's own applications."""
    monkeypatch.setenv("FLATPAK_SYSTEM_DIR", str(tmp_path / "machine/var/lib/flatpak"))
    monkeypatch.setenv("FLATPAK_USER_DIR", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    run("install", "--system", "--noninteractive", "--bundle", str(make_runtime(tmp_path)))
    with delivery(tmp_path) as made:
        yield made


def client(world: Delivery) -> Workspace:
    """As after a start, with the list that is published now."""
    started = UpdatingClient(
        folder=world.folder,
        computer=Machine(world, world.folder / "machine"),
        client=world.client,
        address=lambda: world.server.address,
        root=lambda: world.repository.root_bytes,
        account=lambda: None,
    ).workspace()
    started.refresh()
    return started


def publish(world: Delivery, *versions: str) -> None:
    rule: Json = {"detect": [{"type": "flatpak", "value": ID}]}
    recipe = {"type": "flatpak", "scope": "machine"}
    releases = [
        release_json(version, package_json(world.files / f"mesh-viewer-{version}.flatpak", install=recipe))
        for version in versions
    ]
    world.publish(product_json("mesh-viewer", *releases, **rule))


def bundle(world: Delivery, version: str) -> None:
    make_bundle(world.folder, version).replace(world.files / f"mesh-viewer-{version}.flatpak")


def test_everybody_gets_it_then_its_update_and_the_kept_one_back(world: Delivery) -> None:
    for version in ("1.0", "1.1"):
        bundle(world, version)
    publish(world, "1.0")
    workspace = client(world)
    assert run(*SHOWN) == ""

    assert world.install(workspace, "mesh-viewer").after == "1.0"
    publish(world, "1.0", "1.1")
    workspace = client(world)
    assert world.install(workspace, "mesh-viewer").after == "1.1"
    assert run(*SHOWN) == f"{ID}\t1.1\tsystem\n"
    world.server.seen.clear()
    report = workspace.go_back("mesh-viewer", world.told.append, threading.Event())

    assert (report.before, report.after) == ("1.1", "1.0")
    assert world.server.seen == []
    assert run(*SHOWN) == f"{ID}\t1.0\tsystem\n"
    assert run("list", "--user", "--app") == ""


def test_it_is_found_as_everybodys_and_needs_rights(world: Delivery) -> None:
    for version in ("1.0", "1.1"):
        bundle(world, version)
    publish(world, "1.0")
    world.install(client(world), "mesh-viewer")
    publish(world, "1.0", "1.1")

    row = only(client(world).view.rows)

    assert row.installed.version_text == "1.0"
    assert only(row.installed.evidence).where == f"{ID} (system)"
    assert row.installed.launch.command[1:] == ("run", "--system", ID)
    assert row.recommendation.needs_rights
    assert row.recommendation.blockers == ()


def test_somebody_without_rights_is_asked_once_and_everybody_has_it(
    polkit: PolkitWorld, tmp_path: Path
) -> None:
    """Through pkexec, into the system's own installation."""
    computer = polkit.computer
    runtime, viewer = computer.hand_over(make_runtime(tmp_path), make_bundle(tmp_path, "1.0"))
    place = f"/home/{PERSON}/{runtime.name}"
    done = computer.run("flatpak", "install", "--system", "--noninteractive", "--bundle", place)
    assert done.returncode == 0, done.stderr

    with computer.on_desktop(viewer, kind="flatpak") as desk, desk.agent(LANG="it_IT.UTF-8") as agent:
        desk.begin()
        agent.expect("Password:")
        assert computer.run("flatpak", *SHOWN).stdout == ""
        agent.type_hidden(f"{PASSWORD}\n")
        assert desk.ended() == WELL

        assert agent.seen.count(f"AUTHENTICATING FOR {ACTION}") == 1
        assert agent.seen.count("AUTHENTICATING FOR") == 1
        assert question("it") in agent.seen
    assert computer.run("flatpak", *SHOWN, user=PERSON).stdout == f"{ID}\t1.0\tsystem\n"


def test_without_the_password_nobody_has_it(polkit: PolkitWorld, tmp_path: Path) -> None:
    computer = polkit.computer
    before = computer.run("flatpak", *SHOWN).stdout
    (viewer,) = computer.hand_over(make_bundle(tmp_path, "2.0"))

    with computer.on_desktop(viewer, kind="flatpak") as desk, desk.agent() as agent:
        desk.begin()
        agent.expect("Password:")
        agent.type_hidden("wrong\n")

        assert desk.ended() == refused("needs-rights")
    assert computer.run("flatpak", *SHOWN).stdout == before
