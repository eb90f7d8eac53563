# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a row says in each state, and which step it offers."""

from dataclasses import replace

import pytest

from connection_client.domain.entitlements import Refusal
from connection_client.domain.errors import ApplicationRunning, CenterUnreachable, DiskFull
from connection_client.domain.progress import Phase, Progress
from connection_client.domain.recommendations import Blocker
from connection_client.ui.face import Act, Tone
from connection_client.ui.operation import Operation, Stage
from connection_client.ui.phrases import can_install, face
from connection_client.workspace.view import InstallReport, Row
from tests.world.sample_products import ANA, ROAD, SURVEY, installed, licensed, recommended, refused

HERE = installed("survey-viewer", "10.1.0.12")
OUTDATED = Row("survey-viewer", SURVEY.name, HERE, recommended(SURVEY, HERE), licensed("survey-viewer"))
CURRENT = replace(OUTDATED, recommendation=None)
ABSENT = Row("road-designer", ROAD.name, None, recommended(ROAD, None))


def test_up_to_date() -> None:
    shown = face(CURRENT, None)
    assert (shown.state, shown.act, shown.icon) == ("Up to date", Act.OPEN, "done")


def test_an_update_names_version_and_size() -> None:
    shown = face(OUTDATED, None)
    assert (shown.state, shown.act) == ("Update 10.2.0.7 available, 312 MB", Act.UPDATE)


def test_not_installed_offers_to_install() -> None:
    shown = face(ABSENT, None)
    assert (shown.state, shown.act, shown.installed) == ("Not installed, 1.2 GB", Act.INSTALL, False)


def test_no_licence_names_whom_to_ask() -> None:
    shown = face(replace(CURRENT, entitlement=refused("survey-viewer")), None, (ANA,))
    assert (shown.state, shown.act, shown.icon) == ("No licence: ask Ana Lima", Act.LOCKED, "lock")


def test_being_signed_out_does_not_lock_what_is_installed() -> None:
    shown = face(replace(CURRENT, entitlement=refused("survey-viewer", Refusal.NOT_SIGNED_IN)), None)
    assert shown.act is Act.OPEN


def test_a_missing_role_locks_the_download_and_not_the_start() -> None:
    blocked = recommended(SURVEY, HERE, Blocker.ROLE_MISSING)
    with_role_missing = face(replace(OUTDATED, recommendation=blocked), None)
    assert with_role_missing.act is Act.OPEN
    assert "the download role is missing" in with_role_missing.state
    assert not can_install(blocked)
    absent = replace(ABSENT, recommendation=recommended(ROAD, None, Blocker.ROLE_MISSING))
    assert face(absent, None, (ANA,)).act is Act.LOCKED


def test_needed_rights_are_said_before_the_download() -> None:
    shown = face(replace(OUTDATED, recommendation=recommended(SURVEY, HERE, Blocker.NEEDS_RIGHTS)), None)
    assert (shown.state, shown.act) == ("Update 10.2.0.7 available, needs administrator rights", Act.UPDATE)


def test_a_download_says_how_far_it_is() -> None:
    progress = Progress(Phase.DOWNLOADING, 41, 100, 1.0, 120)
    shown = face(OUTDATED, Operation("survey-viewer", Stage.RUNNING, progress))
    assert shown.state == "Downloading, 41\u00a0%, 2 min left"
    assert (shown.act, shown.fraction, shown.can_cancel) == (Act.PAUSE, 0.41, True)


def test_an_installer_cannot_be_stopped() -> None:
    shown = face(OUTDATED, Operation("survey-viewer", Stage.RUNNING, Progress(Phase.INSTALLING)))
    assert (shown.state, shown.act, shown.can_cancel) == ("Installing", None, False)
    assert shown.fraction is not None
    assert shown.fraction < 0


def test_progress_of_another_door_is_shown_too() -> None:
    assert face(replace(OUTDATED, busy=Progress(Phase.VERIFYING)), None).state == "Checking the signature"


def test_a_running_application_is_a_choice() -> None:
    failed = Operation("survey-viewer", Stage.FAILED, error=ApplicationRunning(name="Survey Viewer SES"))
    shown = face(OUTDATED, failed)
    assert (shown.state, shown.tone) == ("It is open, choose below", Tone.WARNING)


@pytest.mark.parametrize(
    ("error", "act"),
    [(DiskFull(needed=1, kept=1), Act.RESUME), (CenterUnreachable(host="a", reason="b"), Act.RETRY)],
)
def test_the_button_is_the_verb_that_the_text_names(error: Exception, act: Act) -> None:
    assert face(OUTDATED, Operation("survey-viewer", Stage.FAILED, error=error)).act is act


def test_a_restart_that_is_needed_is_said() -> None:
    row = Row("survey-viewer", "Survey Viewer SES", installed("survey-viewer", "10.2.0.7"))
    report = InstallReport("survey-viewer", "Survey Viewer SES", "10.1.0.12", "10.2.0.7", restart=True)
    shown = face(row, Operation("survey-viewer", Stage.DONE, report=report))
    assert (shown.state, shown.tone) == ("Restart the computer to finish", Tone.WARNING)
    whole = face(row, Operation("survey-viewer", Stage.DONE, report=replace(report, restart=False)))
    assert whole.state == "Up to date"
