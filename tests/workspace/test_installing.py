# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""An installation does all of it or nothing, and says which."""

import subprocess
import threading

import pytest

from connection_client.domain.accounts import DOWNLOAD_ROLE, Account, Membership
from connection_client.domain.errors import (
    ApplicationRunning,
    DownloadCancelled,
    DownloadNotGenuine,
    InstallerBusy,
    InstallerFailed,
    NotInstallable,
    NotSignedIn,
    RoleMissing,
    VersionDidNotChange,
)
from connection_client.domain.progress import Phase
from connection_client.domain.recommendations import Blocker
from connection_client.storage.update_locks import one_installation
from connection_client.updates.context import Surroundings
from tests.world.catalogues import only, package_json, product_json, release_json
from tests.world.delivered import MAYA, installed, refreshed, release
from tests.world.delivery import Delivery
from tests.world.packages import make_deb
from tests.world.root import needs_root
from tests.world.waiting import wait_until

pytestmark = needs_root


def test_a_package_changed_by_one_byte_is_refused_and_nothing_is_installed(updatable: Delivery) -> None:
    workspace = refreshed(updatable)
    file = updatable.files / "survey-viewer-ses_10.2.0.7_all.deb"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(bytes(content))

    with pytest.raises(DownloadNotGenuine):
        updatable.install(workspace)

    assert installed(updatable) == "10.1.0.12"
    assert list(updatable.downloads.iterdir()) == []
    assert only(workspace.history()).outcome == "download-not-genuine"
    assert only(workspace.view.rows).recommendation is not None


def test_an_installer_that_moves_nothing_is_told_and_not_offered_again(world: Delivery) -> None:
    world.computer.install(world.deb("10.1.0.12"))
    mislabelled = package_json(world.deb("10.1.0.12"))
    world.publish(product_json("survey-viewer", release_json("10.2.0.7", mislabelled)))
    workspace = refreshed(world)

    with pytest.raises(VersionDidNotChange) as caught:
        world.install(workspace)

    assert caught.value.facts["version"] == "10.1.0.12"
    assert only(workspace.view.rows).recommendation is None
    assert only(world.workspace().open().rows).recommendation is None
    assert only(workspace.history()).outcome == "version-did-not-change"


def test_a_failing_installer_leaves_the_old_version_and_its_log(world: Delivery) -> None:
    world.computer.install(world.deb("10.1.0.12"))
    needy = make_deb(world.files, "survey-viewer-ses", "10.2.0.7", depends=["nowhere"])
    world.publish(product_json("survey-viewer", release_json("10.2.0.7", package_json(needy))))
    workspace = refreshed(world)

    with pytest.raises(InstallerFailed):
        world.install(workspace)

    assert installed(world) == "10.1.0.12"
    entry = only(workspace.history())
    assert entry.outcome == "installer-failed"
    assert entry.after == "10.1.0.12"
    assert "nowhere" in entry.log.read_text()
    assert only(workspace.view.rows).recommendation is not None
    assert len(list(world.downloads.iterdir())) == 1


def test_an_application_is_installed_with_the_client_that_it_needs(world: Delivery) -> None:
    client = world.deb("0.1.0", "connection-client-ses")
    viewer = world.deb("10.2.0.7", "survey-viewer-ses", "connection-client-ses (>= 0.1)")
    needs = [{"id": "connection-client", "min": "0.1"}]
    world.publish(
        product_json("survey-viewer", release_json("10.2.0.7", package_json(viewer, requires=needs))),
        product_json("connection-client", release_json("0.1.0", package_json(client))),
    )
    workspace = refreshed(world)

    report = world.install(workspace)

    assert (report.before, report.after) == ("", "10.2.0.7")
    assert world.computer.version("connection-client-ses") == "0.1.0"
    assert [row.recommendation for row in workspace.view.rows] == [None, None]
    shown = [progress for progress in world.told if progress.phase is Phase.DOWNLOADING]
    assert shown[-1].done == shown[-1].total == client.stat().st_size + viewer.stat().st_size


def test_a_running_application_is_left_alone(updatable: Delivery) -> None:
    workspace = refreshed(updatable)
    program = updatable.computer.root / "usr/bin/survey-viewer-ses"
    program.write_text("#!/bin/sh\necho up\nread line\n")
    # Seen in /proc, the program's name is the one that the package database gives it.
    command = ["/bin/bash", "-c", f"exec -a /usr/bin/survey-viewer-ses /bin/sh {program}"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"up\n"

    assert only(workspace.look_again().rows).recommendation.blockers == (Blocker.APPLICATION_RUNNING,)
    with pytest.raises(ApplicationRunning):
        updatable.install(workspace)

    assert process.poll() is None
    assert installed(updatable) == "10.1.0.12"
    process.communicate(b"\n")
    assert updatable.install(workspace).after == "10.2.0.7"


def test_the_role_is_asked_for_before_the_download(world: Delivery) -> None:
    world.publish(product_json("survey-viewer", release(world, "10.2.0.7", auth="account")))
    workspace = refreshed(world)
    with pytest.raises(NotSignedIn):
        world.install(workspace)

    world.account = MAYA
    with pytest.raises(RoleMissing) as caught:
        world.install(workspace)
    assert caught.value.facts["administrators"] == ("Ana Lima <ana@lima-survey.example>",)
    assert world.server.requests("/delivery/files/files/survey-viewer-ses_10.2.0.7_all.deb") == []

    world.account = Account("i", "s", "a@b.example", "A", Membership.ACTIVE, roles=(DOWNLOAD_ROLE,))
    assert world.install(workspace).after == "10.2.0.7"


def test_cancelling_changes_nothing_and_is_no_operation(updatable: Delivery) -> None:
    workspace = refreshed(updatable)
    cancelled = threading.Event()
    cancelled.set()

    with pytest.raises(DownloadCancelled):
        workspace.install("survey-viewer", updatable.told.append, cancelled)

    assert installed(updatable) == "10.1.0.12"
    assert workspace.history() == ()
    assert only(workspace.view.rows).busy is None


def test_two_installations_at_once_are_one_too_many(updatable: Delivery) -> None:
    workspace = refreshed(updatable)
    with one_installation(updatable.state)(), pytest.raises(InstallerBusy):
        updatable.install(workspace)

    assert installed(updatable) == "10.1.0.12"


def started() -> "subprocess.Popen[bytes]":
    """A process with the name that the package database gives the program; it ends with a line."""
    words = ["/bin/bash", "-c", "exec -a /usr/bin/survey-viewer-ses /bin/sh -c 'echo up; read end'"]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"up\n"
    return process


def test_an_update_waits_until_the_application_has_ended(updatable: Delivery) -> None:
    with started() as process:
        workspace = refreshed(updatable)
        thread = threading.Thread(
            target=workspace.install_when_closed,
            args=("survey-viewer", updatable.told.append, threading.Event()),
        )
        thread.start()
        wait_until(lambda: any(one.phase is Phase.WAITING for one in updatable.told), 10, "it did not wait")
        thread.join(3)  # longer than between two looks at what runs
        assert thread.is_alive()
        assert {one.phase for one in updatable.told} == {Phase.WAITING}
        assert installed(updatable) == "10.1.0.12"
        process.communicate(b"\n")
    thread.join()

    assert installed(updatable) == "10.2.0.7"


def test_waiting_for_the_end_can_be_given_up(updatable: Delivery) -> None:
    cancelled = threading.Event()
    cancelled.set()
    with started() as process:
        workspace = refreshed(updatable)
        with pytest.raises(DownloadCancelled):
            workspace.install_when_closed("survey-viewer", updatable.told.append, cancelled)
        process.communicate(b"\n")

    assert [one.phase for one in updatable.told] == [Phase.WAITING]


def test_an_unattended_update_waits_for_a_network_without_a_meter(updatable: Delivery) -> None:
    updatable.surroundings = lambda: Surroundings(metered=True)
    workspace = refreshed(updatable)
    assert only(workspace.view.rows).recommendation.blockers == (Blocker.METERED,)

    with pytest.raises(NotInstallable):
        workspace.install("survey-viewer", updatable.told.append, threading.Event(), unattended=True)
    assert installed(updatable) == "10.1.0.12"

    assert updatable.install(workspace).after == "10.2.0.7"
