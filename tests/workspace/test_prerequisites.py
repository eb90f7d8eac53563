# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Every link of a chain is guarded before an installation and looked at afterwards."""

import subprocess
import threading

import pytest

from connection_client.domain.errors import ApplicationRunning, PrerequisiteDidNotChange
from connection_client.domain.progress import Phase, Progress
from connection_client.domain.recommendations import Blocker
from tests.world.catalogues import Json, only, package_json, product_json, release_json
from tests.world.delivered import installed, refreshed, release
from tests.world.delivery import Delivery
from tests.world.root import needs_root

pytestmark = needs_root

MESH = "mesh-viewer-ses"


def mesh(world: Delivery, version: str, package_of: str = "") -> Json:
    """What the survey viewer needs, whose package may hold another version than it says."""
    return release_json(version, package_json(world.deb(package_of or version, MESH)))


def needing(world: Delivery, *meshes: Json) -> Delivery:
    """Both are installed; the survey viewer's update needs the newer mesh viewer."""
    world.computer.install(world.deb("10.1.0.12"), world.deb("1.0.0.0", MESH))
    needs = [{"id": "mesh-viewer", "min": "2.0.0.0"}]
    world.publish(
        product_json("survey-viewer", release(world, "10.2.0.7", requires=needs)),
        product_json("mesh-viewer", *meshes, detect=[{"type": "dpkg", "value": MESH}], name="Mesh Viewer"),
    )
    return world


def started_mesh() -> subprocess.Popen[bytes]:
    """A process with the name that the package database gives the mesh viewer; it ends with a line."""
    words = ["/bin/bash", "-c", f"exec -a /usr/bin/{MESH} /bin/sh -c 'echo up; read end'"]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"up\n"
    return process


def test_a_running_prerequisite_is_named_and_left_alone(world: Delivery) -> None:
    needing(world, mesh(world, "2.0.0.0"))
    with started_mesh() as process:
        workspace = refreshed(world)
        row = workspace.view.row("survey-viewer")
        assert row is not None
        assert row.recommendation is not None
        assert row.recommendation.blockers == (Blocker.APPLICATION_RUNNING,)
        assert workspace.running.runs("survey-viewer")
        with pytest.raises(ApplicationRunning) as caught:
            world.install(workspace)
        process.communicate(b"\n")

    assert caught.value.facts["name"] == "Mesh Viewer"
    assert (installed(world), world.computer.version(MESH)) == ("10.1.0.12", "1.0.0.0")
    assert world.install(workspace).after == "10.2.0.7"
    assert world.computer.version(MESH) == "2.0.0.0"


def test_a_prerequisite_that_is_started_during_the_download_is_seen(world: Delivery) -> None:
    needing(world, mesh(world, "2.0.0.0"))
    workspace = refreshed(world)
    started: list[subprocess.Popen[bytes]] = []

    def tell(progress: Progress) -> None:
        if progress.phase is Phase.DOWNLOADING and not started:
            started.append(started_mesh())

    with pytest.raises(ApplicationRunning) as caught:
        workspace.install("survey-viewer", tell, threading.Event())
    with only(started) as process:
        process.communicate(b"\n")

    assert caught.value.facts["name"] == "Mesh Viewer"
    assert (installed(world), world.computer.version(MESH)) == ("10.1.0.12", "1.0.0.0")


def test_a_prerequisite_that_did_not_move_is_told(world: Delivery) -> None:
    needing(world, mesh(world, "2.0.0.0", package_of="1.0.0.0"))
    workspace = refreshed(world)

    with pytest.raises(PrerequisiteDidNotChange) as caught:
        world.install(workspace)

    facts = caught.value.facts
    assert (facts["name"], facts["needed"], facts["version"]) == (
        "Survey Viewer SES",
        "Mesh Viewer",
        "1.0.0.0",
    )
    entry = only(workspace.history())
    assert (entry.outcome, entry.after) == ("prerequisite-did-not-change", "10.2.0.7")
    # It is not brought again and again.
    assert all(row.recommendation is None for row in workspace.view.rows)
