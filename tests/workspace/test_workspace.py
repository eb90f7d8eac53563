# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""From a signed list to an installed application and back to the list, with real parts all the way."""

import hashlib
import subprocess
import threading
from datetime import UTC, datetime, timedelta

import pytest

from connection_client.domain.entitlements import Entitlement
from connection_client.domain.errors import CenterUnreachable, ClientError, NotInstallable
from connection_client.domain.progress import Phase
from connection_client.domain.texts import explain
from connection_client.workspace.view import View
from connection_client.workspace.watch import Watch
from tests.world.catalogues import only
from tests.world.delivered import MAYA, installed, refreshed
from tests.world.delivery import Delivery
from tests.world.root import needs_root

pytestmark = needs_root


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

    updatable.account = MAYA
    updatable.book.problem = CenterUnreachable(host="center", reason="down")
    view = workspace.refresh()

    assert updatable.book.asked == 1
    assert view.problem is updatable.book.problem
    assert only(view.rows).entitlement == entitlement


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


def test_a_letter_for_it_holds_what_it_takes_and_no_secret(updatable: Delivery) -> None:
    updatable.account = MAYA
    letter = refreshed(updatable).letter_for_it("survey-viewer", "https://center.example")

    package = updatable.files / "survey-viewer-ses_10.2.0.7_all.deb"
    assert hashlib.sha256(package.read_bytes()).hexdigest() in letter
    assert f"https://center.example/delivery/files/files/{package.name}" in letter
    assert "Survey Viewer SES 10.2.0.7" in letter
    assert MAYA.email in letter
    assert "token" not in letter


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
