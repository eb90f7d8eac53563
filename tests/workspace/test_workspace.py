# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""From a signed list to an installed application and back to the list, with real parts all the way."""

import hashlib
import os
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connection_client.domain.accounts import DOWNLOAD_ROLE, Account, Membership, Person
from connection_client.domain.entitlements import Entitlement
from connection_client.domain.errors import (
    ApplicationRunning,
    CatalogueExpired,
    CatalogueNotReadable,
    CatalogueNotTrusted,
    CenterUnreachable,
    ClientError,
    ClientTooOld,
    DiskFull,
    DownloadCancelled,
    DownloadNotGenuine,
    FileNotKnown,
    FileNotReadable,
    InstallerBusy,
    InstallerFailed,
    NotInstallable,
    NotSignedIn,
    RoleMissing,
    VersionDidNotChange,
)
from connection_client.domain.progress import Phase
from connection_client.domain.recommendations import Blocker
from connection_client.domain.texts import explain
from connection_client.storage.update_locks import one_installation
from connection_client.updates.context import Surroundings
from connection_client.workspace.view import View
from connection_client.workspace.watch import Watch
from connection_client.workspace.workspace import Workspace
from tests.world.catalogues import Json, catalogue_json, only, package_json, product_json, release_json
from tests.world.delivery import Delivery, delivery
from tests.world.full_disk import reason_against, small_disk
from tests.world.packages import make_deb
from tests.world.processes import wait_until

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root may install, even into a folder of its own"
)

ACCOUNT = Account(
    "issuer",
    "subject",
    "maya@lima-survey.example",
    "Maya",
    Membership.ACTIVE,
    "Lima Survey",
    administrators=(Person("Ana Lima", "ana@lima-survey.example"),),
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Delivery]:
    with delivery(tmp_path) as world:
        yield world


@pytest.fixture
def updatable(world: Delivery) -> Delivery:
    """10.1.0.12 is installed, 10.2.0.7 is published."""
    world.computer.install(world.deb("10.1.0.12"))
    world.publish(product_json("survey-viewer", release(world, "10.1.0.12"), release(world, "10.2.0.7")))
    return world


def release(world: Delivery, version: str, **changes: object) -> Json:
    return release_json(version, package_json(world.deb(version), **changes))


def refreshed(world: Delivery) -> Workspace:
    workspace = world.workspace()
    workspace.refresh()
    return workspace


def installed(world: Delivery) -> str:
    return world.computer.version("survey-viewer-ses")


def test_an_update_is_offered_fetched_installed_and_gone(updatable: Delivery) -> None:
    workspace = refreshed(updatable)
    row = only(workspace.view.rows)
    assert row.name == "Survey Viewer SES"
    assert row.installed.version_text == "10.1.0.12"
    assert row.recommendation.release.version_text == "10.2.0.7"
    assert row.recommendation.blockers == ()

    report = updatable.install(workspace)

    assert (report.before, report.after) == ("10.1.0.12", "10.2.0.7")
    assert report.log is not None
    assert "10.2.0.7" in report.log.read_text()
    assert installed(updatable) == "10.2.0.7"
    row = only(workspace.view.rows)
    assert row.installed.version_text == "10.2.0.7"
    assert row.recommendation is None
    assert row.busy is None
    phases = list(dict.fromkeys(progress.phase for progress in updatable.told))
    assert phases == [
        Phase.WAITING,
        Phase.VERIFYING,
        Phase.DOWNLOADING,
        Phase.INSTALLING,
        Phase.DETECTING,
        Phase.DONE,
    ]
    assert list(updatable.downloads.iterdir()) == []
    entry = only(updatable.workspace().history())
    assert (entry.before, entry.after, entry.outcome) == ("10.1.0.12", "10.2.0.7", "installed")


def test_the_installed_application_starts(updatable: Delivery) -> None:
    workspace = refreshed(updatable)
    updatable.install(workspace)

    target = only(workspace.view.rows).installed.launch
    program = updatable.computer.root / target.command[0].lstrip("/")
    done = subprocess.run([program], check=True, capture_output=True)

    assert done.stdout == b"10.2.0.7\n"


def test_listeners_see_every_step_and_can_leave(updatable: Delivery) -> None:
    workspace = updatable.workspace()
    seen: list[View] = []
    leave = workspace.subscribe(seen.append)
    workspace.refresh()
    updatable.install(workspace)
    leave()
    workspace.refresh()

    assert seen[-1].rows[0].recommendation is None
    busy = [view.rows[0].busy.phase for view in seen if view.rows[0].busy is not None]
    assert Phase.DOWNLOADING in busy
    assert Phase.INSTALLING in busy
    assert seen[-1] is not workspace.view


def test_after_a_start_without_network_the_list_is_there_at_once(updatable: Delivery) -> None:
    refreshed(updatable)
    updatable.server.close()
    workspace = updatable.workspace()

    view = workspace.open()

    assert only(view.rows).recommendation is not None
    assert view.problem is None
    assert view.confirmed_at is not None
    later = workspace.refresh()
    assert isinstance(later.problem, CenterUnreachable)
    assert later.rows == view.rows
    assert later.confirmed_at == view.confirmed_at


def test_the_very_first_start_without_network_is_empty_and_says_why(world: Delivery) -> None:
    world.server.close()
    workspace = world.workspace()

    assert workspace.open() == View()
    assert isinstance(workspace.refresh().problem, CenterUnreachable)
    with pytest.raises(NotInstallable):
        world.install(workspace)


def test_a_list_changed_by_one_byte_is_shown_as_it_was_and_installs_nothing(updatable: Delivery) -> None:
    workspace = refreshed(updatable)
    updatable.publish(product_json("survey-viewer", release(updatable, "66.6")))
    file = updatable.repository.catalogue_file()
    file.write_bytes(file.read_bytes().replace(b"66.6", b"66.7", 1))

    view = workspace.refresh()

    assert isinstance(view.problem, CatalogueNotTrusted)
    assert only(view.rows).recommendation.release.version_text == "10.2.0.7"
    assert only(view.rows).recommendation.blockers == (Blocker.CATALOGUE,)
    with pytest.raises(CatalogueNotTrusted):
        updatable.install(workspace)
    with pytest.raises(CatalogueNotTrusted):
        workspace.examine_file(updatable.files / "survey-viewer-ses_10.2.0.7_all.deb")
    assert installed(updatable) == "10.1.0.12"


def test_an_expired_list_installs_nothing(updatable: Delivery) -> None:
    ended = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    updatable.repository.publish(b"{}", expires=ended)
    workspace = updatable.workspace()

    view = workspace.refresh()

    assert isinstance(view.problem, CatalogueExpired)
    assert view.rows == ()


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

    world.account = ACCOUNT
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


@pytest.mark.skipif(bool(reason_against()), reason=reason_against())
def test_a_full_disk_is_told_and_a_later_try_goes_on(updatable: Delivery) -> None:
    filler = {"/usr/share/survey/points.csv": "".join(str(number) for number in range(400_000))}
    big = make_deb(updatable.files, "survey-viewer-ses", "10.3.0.0", files=filler)
    updatable.publish(product_json("survey-viewer", release_json("10.3.0.0", package_json(big))))
    with small_disk(updatable.folder / "disk", 1 << 20) as disk:
        updatable.downloads = disk / "downloads"
        neighbour = disk / "neighbour"
        neighbour.write_bytes(bytes(600 << 10))
        workspace = refreshed(updatable)

        with pytest.raises(DiskFull):
            updatable.install(workspace)
        assert installed(updatable) == "10.1.0.12"

        neighbour.unlink()
        assert updatable.install(workspace).after == "10.3.0.0"


def test_what_is_skipped_or_put_off_is_not_shown_until_asked_for(updatable: Delivery) -> None:
    workspace = refreshed(updatable)

    assert only(workspace.skip("survey-viewer").rows).recommendation is None
    assert only(updatable.workspace().refresh().rows).recommendation is None
    assert only(workspace.refresh(manual=True).rows).recommendation is not None


def test_a_reminder_and_leaving_alone(updatable: Delivery) -> None:
    workspace = refreshed(updatable)

    later = datetime.now(UTC) + timedelta(hours=1)
    assert only(workspace.remind("survey-viewer", later).rows).recommendation is None
    assert only(workspace.remind("survey-viewer", datetime.now(UTC)).rows).recommendation is not None
    assert only(workspace.ignore("survey-viewer").rows).recommendation is None
    assert only(workspace.ignore("survey-viewer", ignored=False).rows).recommendation is not None


def test_entitlements_stand_in_the_rows_and_their_outage_is_a_problem(updatable: Delivery) -> None:
    entitlement = Entitlement("survey-viewer", entitled=True)
    updatable.book.known["survey-viewer"] = entitlement
    workspace = refreshed(updatable)
    assert updatable.book.asked == 0
    assert only(workspace.view.rows).entitlement == entitlement

    updatable.account = ACCOUNT
    updatable.book.problem = CenterUnreachable(host="center", reason="down")
    view = workspace.refresh()

    assert updatable.book.asked == 1
    assert view.problem is updatable.book.problem
    assert only(view.rows).entitlement == entitlement


def test_a_file_of_the_administrator_is_installed_by_its_bytes(updatable: Delivery) -> None:
    workspace = refreshed(updatable)
    given = updatable.folder / "from Ana.bin"
    given.write_bytes((updatable.files / "survey-viewer-ses_10.2.0.7_all.deb").read_bytes())
    updatable.server.seen.clear()

    match = workspace.examine_file(given)
    assert (match.product.id, match.release.version_text) == ("survey-viewer", "10.2.0.7")
    report = workspace.install_file(given, updatable.told.append, threading.Event())

    assert report.after == "10.2.0.7"
    assert installed(updatable) == "10.2.0.7"
    assert given.exists()
    assert updatable.server.seen == []


def test_a_file_that_no_list_knows_is_refused_and_stays(updatable: Delivery) -> None:
    workspace = refreshed(updatable)
    content = bytearray((updatable.files / "survey-viewer-ses_10.2.0.7_all.deb").read_bytes())
    content[-1] ^= 1
    given = updatable.folder / "survey-viewer-ses_10.2.0.7_all.deb"
    given.write_bytes(bytes(content))

    with pytest.raises(FileNotKnown):
        workspace.examine_file(given)
    with pytest.raises(FileNotKnown):
        workspace.install_file(given, updatable.told.append, threading.Event())

    assert given.exists()
    assert installed(updatable) == "10.1.0.12"


def test_files_that_cannot_be_read_are_told_apart(updatable: Delivery) -> None:
    workspace = refreshed(updatable)

    for path in (updatable.folder / "missing.deb", updatable.folder):
        with pytest.raises(FileNotReadable):
            workspace.examine_file(path)


def test_an_older_or_withdrawn_file_is_refused(world: Delivery) -> None:
    world.computer.install(world.deb("10.2.0.7"))
    withdrawn = {**release(world, "10.3.0.0"), "withdrawn": {"reason": "loses points"}}
    world.publish(product_json("survey-viewer", release(world, "10.1.0.12"), withdrawn))
    workspace = refreshed(world)

    for name, reason in (("10.1.0.12", "a newer version is installed"), ("10.3.0.0", "loses points")):
        with pytest.raises(NotInstallable) as caught:
            workspace.examine_file(world.files / f"survey-viewer-ses_{name}_all.deb")
        assert caught.value.facts["reason"] == reason


def test_before_any_list_no_file_is_known(world: Delivery) -> None:
    path = world.deb("10.1.0.12")
    workspace = world.workspace()
    workspace.open()

    with pytest.raises((FileNotKnown, CatalogueNotReadable)):
        workspace.examine_file(path)


def test_nothing_to_install_is_said(updatable: Delivery) -> None:
    workspace = refreshed(updatable)
    updatable.install(workspace)

    for product_id in ("survey-viewer", "unheard-of"):
        with pytest.raises(NotInstallable):
            workspace.install(product_id, updatable.told.append, threading.Event())


def test_every_refusal_has_a_text(updatable: Delivery) -> None:
    workspace = refreshed(updatable)
    with pytest.raises(ClientError) as caught:
        workspace.examine_file(updatable.folder / "missing.deb")

    assert "missing.deb cannot be read" in explain(caught.value)


def test_what_an_administrator_installs_is_noticed_while_running(updatable: Delivery) -> None:
    workspace = refreshed(updatable)
    assert not workspace.look_if_changed()

    updatable.computer.install(updatable.deb("10.2.0.7"))

    assert workspace.look_if_changed()
    assert workspace.view.rows[0].recommendation is None
    assert not workspace.look_if_changed()


def test_the_version_before_comes_back_from_the_kept_package(updatable: Delivery) -> None:
    old = updatable.files / "survey-viewer-ses_10.1.0.12_all.deb"
    workspace = refreshed(updatable)
    with pytest.raises(NotInstallable):
        workspace.go_back("survey-viewer", updatable.told.append, threading.Event())
    workspace.install_file(old, updatable.told.append, threading.Event())
    updatable.install(workspace)
    updatable.server.seen.clear()

    report = workspace.go_back("survey-viewer", updatable.told.append, threading.Event())

    assert (report.before, report.after) == ("10.2.0.7", "10.1.0.12")
    assert installed(updatable) == "10.1.0.12"
    assert updatable.server.seen == []
    assert only(workspace.refresh().rows).recommendation is None
    assert only(workspace.refresh(manual=True).rows).recommendation is not None
    with pytest.raises(NotInstallable):
        workspace.go_back("survey-viewer", updatable.told.append, threading.Event())


def test_nothing_leads_back_to_what_was_withdrawn_or_changed_on_the_disk(updatable: Delivery) -> None:
    workspace = refreshed(updatable)
    old = updatable.files / "survey-viewer-ses_10.1.0.12_all.deb"
    workspace.install_file(old, updatable.told.append, threading.Event())
    updatable.install(workspace)
    kept = [path for path in (updatable.state / "packages").rglob("*.deb") if path.stat().st_nlink == 2]
    for path in kept:
        path.write_bytes(path.read_bytes()[:-1] + b"?")

    with pytest.raises(NotInstallable):
        workspace.go_back("survey-viewer", updatable.told.append, threading.Event())
    assert installed(updatable) == "10.2.0.7"


def test_two_packages_are_kept_and_no_more(updatable: Delivery) -> None:
    versions = ("10.3", "10.4", "10.5")
    for version in versions:
        updatable.publish(product_json("survey-viewer", release(updatable, version)))
        updatable.install(refreshed(updatable))

    assert len(list((updatable.state / "packages/survey-viewer").iterdir())) == 2


def test_an_update_waits_until_the_application_has_ended(updatable: Delivery) -> None:
    program = updatable.computer.root / "usr/bin/survey-viewer-ses"
    program.write_text("#!/bin/sh\nread end\n")
    with subprocess.Popen([str(program)], stdin=subprocess.PIPE) as process:
        workspace = refreshed(updatable)
        thread = threading.Thread(
            target=workspace.install_when_closed,
            args=("survey-viewer", updatable.told.append, threading.Event()),
        )
        thread.start()
        wait_until(lambda: any(one.phase is Phase.WAITING for one in updatable.told), 10, "it did not wait")
        assert installed(updatable) == "10.1.0.12"
        process.communicate(b"\n")
    thread.join()

    assert installed(updatable) == "10.2.0.7"


def test_waiting_for_the_end_can_be_given_up(updatable: Delivery) -> None:
    cancelled = threading.Event()
    program = updatable.computer.root / "usr/bin/survey-viewer-ses"
    program.write_text("#!/bin/sh\nread end\n")
    with subprocess.Popen([str(program)], stdin=subprocess.PIPE) as process:
        workspace = refreshed(updatable)
        cancelled.set()
        with pytest.raises(DownloadCancelled):
            workspace.install_when_closed("survey-viewer", updatable.told.append, cancelled)
        process.communicate(b"\n")


def test_an_unattended_update_waits_for_a_network_without_a_meter(updatable: Delivery) -> None:
    updatable.surroundings = Surroundings(metered=True)
    workspace = refreshed(updatable)
    assert only(workspace.view.rows).recommendation.blockers == (Blocker.METERED,)

    with pytest.raises(NotInstallable):
        workspace.install("survey-viewer", updatable.told.append, threading.Event(), unattended=True)
    assert installed(updatable) == "10.1.0.12"

    assert updatable.install(workspace).after == "10.2.0.7"


def test_a_letter_for_it_holds_what_it_takes_and_no_secret(updatable: Delivery) -> None:
    updatable.account = ACCOUNT
    letter = refreshed(updatable).letter_for_it("survey-viewer", "https://center.example")

    package = updatable.files / "survey-viewer-ses_10.2.0.7_all.deb"
    assert hashlib.sha256(package.read_bytes()).hexdigest() in letter
    assert f"https://center.example/delivery/files/files/{package.name}" in letter
    assert "Survey Viewer SES 10.2.0.7" in letter
    assert ACCOUNT.email in letter
    assert "token" not in letter


@pytest.mark.parametrize("seen_before", [True, False])
def test_a_client_that_is_too_old_for_the_list_is_offered_its_own_update(
    updatable: Delivery,
    seen_before: bool,  # noqa: FBT001
) -> None:
    if seen_before:
        refreshed(updatable)
    updatable.computer.install(updatable.deb("0.9", "connection-client"))
    detect = [{"type": "dpkg", "value": "connection-client"}]
    newer = release_json("2.0", package_json(updatable.deb("2.0", "connection-client")))
    client = product_json("connection-client", newer, detect=detect)
    updatable.repository.publish(
        catalogue_json(product_json("survey-viewer"), min_client="2.0"), own=catalogue_json(client)
    )

    workspace = refreshed(updatable)

    assert isinstance(workspace.view.problem, ClientTooOld)
    assert len(workspace.view.rows) == (2 if seen_before else 1)
    assert updatable.install(workspace, "connection-client").after == "2.0"


def test_the_watch_tells_everybody_who_listens(updatable: Delivery) -> None:
    workspace, heard = refreshed(updatable), threading.Event()
    workspace.subscribe(lambda view: heard.set() if view.rows[0].recommendation is None else None)
    watch = Watch(workspace, seconds=0.02)
    watch.start()
    try:
        updatable.computer.install(updatable.deb("10.2.0.7"))
        assert heard.wait(10)
    finally:
        watch.stop()
