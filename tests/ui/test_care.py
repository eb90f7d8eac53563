# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""An open application is asked to close; back to the version before; to IT; and "this is wrong"."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel

from connection_client.domain.errors import NeedsRights
from connection_client.domain.recommendations import Blocker
from connection_client.ui.operation import Stage
from connection_client.updates.queue import Agreed, InMemory, Waiting
from tests.ui.conftest import Show, Shown, named
from tests.world.sample_products import NOW, sample_rows
from tests.world.sample_rooms import SIGNED_IN, sample

NAME, ID = "Survey Viewer SES", "survey-viewer"
WINDOW = "points.csv - Survey Viewer SES 10.1.0.12"


def press(shown: Shown, name: str) -> None:
    button = named(shown.window, name)
    assert isinstance(button, QAbstractButton)
    button.click()


def stage(shown: Shown) -> Stage | None:
    operation = shown.desk.operations.of(ID)
    return operation.stage if operation is not None else None


def said(shown: Shown) -> str:
    labels = shown.window.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def asked(show: Show, *windows: str, obedient: bool = True) -> Shown:
    """The person pressed Update while the application is open."""
    shown = show()
    running = shown.world.workspace.running
    running.windows[ID], running.obedient = windows, obedient
    shown.row(NAME).act.click()
    shown.until(lambda: stage(shown) is Stage.FAILED)
    shown.until(lambda: "is only asked to close" in said(shown))
    return shown


def test_an_open_application_is_named_by_its_window_and_left_alone(show: Show) -> None:
    shown = asked(show, WINDOW)

    assert f"“{WINDOW}”" in said(shown)
    assert shown.world.workspace.running.asked == []
    press(shown, "Later")
    shown.until(lambda: stage(shown) is None)
    assert shown.state(NAME).startswith("Update 10.2.0.7 available")
    assert shown.world.agreed.agreed == ()


def test_close_and_update_asks_once_and_goes_on_when_it_is_closed(show: Show) -> None:
    shown = asked(show, WINDOW)

    press(shown, "Close and update")

    shown.until(lambda: shown.state(NAME) == "Up to date")
    assert shown.world.workspace.running.asked == [ID]


def test_one_that_stays_open_is_waited_for_and_does_not_keep_others(show: Show) -> None:
    shown = asked(show, WINDOW, obedient=False)

    press(shown, "Close and update")
    shown.until(lambda: shown.world.workspace.running.asked == [ID])
    shown.desk.operations.start("terrain-builder")

    shown.until(lambda: shown.state("Terrain Builder SES") == "Up to date")
    assert (stage(shown), shown.state(NAME)) == (Stage.HELD, f"Waiting for {NAME} to close")
    shown.row(NAME).cancel.click()
    shown.until(lambda: stage(shown) is None)


def test_one_without_a_window_cannot_be_asked_and_the_row_says_so(show: Show) -> None:
    shown = asked(show, obedient=False)

    press(shown, "Close and update")

    shown.until(lambda: shown.state(NAME) == f"Close {NAME} yourself, then it goes on by itself")


def test_update_when_it_is_closed_asks_nobody(show: Show) -> None:
    shown = asked(show, WINDOW)

    press(shown, "Update when it is closed")
    shown.until(lambda: stage(shown) is Stage.HELD)
    held = shown.world.agreed
    shown.until(
        lambda: [(one.version, one.waiting) for one in held.agreed] == [("10.2.0.7", Waiting.CLOSING)]
    )
    shown.world.workspace.running.windows.clear()

    shown.until(lambda: shown.state(NAME) == "Up to date")
    assert shown.world.workspace.running.asked == []


def test_back_to_the_version_that_is_kept(show: Show) -> None:
    shown = show()
    view = shown.world.workspace.view
    rows = tuple(replace(row, earlier="10.0.3.1") if row.product_id == ID else row for row in view.rows)
    shown.world.workspace.show(replace(view, rows=rows))
    shown.until(lambda: (row := shown.desk.row(ID)) is not None and row.earlier == "10.0.3.1")
    shown.row(NAME).head.click()

    press(shown, "Go back to 10.0.3.1")

    shown.until(
        lambda: (
            (row := shown.desk.row(ID)) is not None
            and row.installed is not None
            and row.installed.version_text == "10.0.3.1"
        )
    )


def test_what_it_needs_is_written_where_the_person_chooses(show: Show, tmp_path: Path) -> None:
    shown = show()
    shown.world.workspace.failing = NeedsRights(name=NAME)
    shown.row(NAME).act.click()
    shown.until(lambda: stage(shown) is Stage.FAILED)

    press(shown, "Send to IT")
    dialog = next(one for one in shown.window.findChildren(QFileDialog) if one.isVisible())
    assert dialog.selectedFiles()[0].endswith("survey-viewer-10.2.0.7.txt")
    file = tmp_path / "for it.txt"
    dialog.fileSelected.emit(str(file))
    dialog.reject()

    shown.until(lambda: f"{file} is written. Send it to your IT department." in said(shown))
    assert file.read_text() == "survey-viewer from https://center.lima-survey.example"


def test_a_folder_that_refuses_is_said(show: Show, tmp_path: Path) -> None:
    shown = show()
    row = shown.desk.row(ID)
    assert row is not None

    shown.window.applications.list.care._write(ID, str(tmp_path / "missing/for-it.txt"))

    shown.until(lambda: "Nothing can be written to" in said(shown))


def test_this_is_wrong_tells_the_evidence(show: Show) -> None:
    shown = show()
    shown.row(NAME).head.click()

    press(shown, "This is wrong")

    shown.until(lambda: bool(shown.world.opened))
    asked = parse_qs(urlsplit(shown.world.opened[0]).query)
    assert (asked["product"], asked["version"]) == ([ID], ["10.1.0.12"])
    assert asked["subject"] == [f"Found wrongly: {NAME}"]
    assert "dpkg: /var/lib/dpkg/status: survey-viewer-ses 10.1.0.12" in shown.world.help.reported


def agreed(waiting: Waiting = Waiting.TURN, version: str = "10.2.0.7") -> Agreed:
    return Agreed(ID, version, NOW, waiting)


def test_what_an_earlier_run_left_is_said_and_goes_on(show: Show) -> None:
    world = sample(SIGNED_IN)
    world.agreed = InMemory((agreed(),))
    world.workspace.stepwise = True

    shown = show(world)

    shown.until(lambda: f"ended before this was installed: {NAME}." in said(shown))
    for _ in range(20):
        world.workspace.go_on.release()
    shown.until(lambda: shown.state(NAME) == "Up to date")
    shown.until(lambda: world.agreed.agreed == ())
    assert "ended before this was installed" not in said(shown)


@pytest.mark.parametrize(
    ("left", "then"),
    [
        (agreed(Waiting.PERSON), Stage.PAUSED),
        (agreed(Waiting.CLOSING), Stage.HELD),
        (agreed(version="10.1.9.9"), None),
        (replace(agreed(), product_id="nobody-knows"), None),
        (replace(agreed(), file=Path("/home/ana/a.deb")), Stage.PAUSED),
    ],
)
def test_it_goes_on_only_as_it_was_agreed_to(show: Show, left: Agreed, then: Stage | None) -> None:
    world = sample(SIGNED_IN)
    world.agreed = InMemory((left,))
    world.workspace.running.windows[ID] = (WINDOW,)

    shown = show(world)

    assert stage(shown) is then
    assert ("Press Resume to go on." in said(shown)) is (then is Stage.PAUSED)


def test_nothing_asks_for_a_password_before_somebody_is_there(show: Show) -> None:
    world = sample(SIGNED_IN)
    terrain = Agreed("terrain-builder", "24.1.0.31", NOW)
    world.agreed = InMemory((agreed(), terrain))
    row = next(row for row in world.workspace.view.rows if row.product_id == "terrain-builder")
    assert row.recommendation is not None
    package = row.recommendation.package
    package = replace(package, install=replace(package.install, scope="user", elevation="none"))
    wanted = replace(row.recommendation, package=package, chain=(package,))
    rows = tuple(
        replace(one, recommendation=wanted) if one is row else one for one in world.workspace.view.rows
    )
    world.workspace.view = replace(world.workspace.view, rows=rows)
    shown = show(world, attended=False)

    shown.until(lambda: shown.state("Terrain Builder SES") == "Up to date")
    assert stage(shown) is None
    shown.until(lambda: world.agreed.agreed == (agreed(),))

    shown.desk.attended = lambda: True
    shown.desk.take_up()
    shown.until(lambda: shown.state(NAME) == "Up to date")


def test_who_cannot_be_given_rights_reads_it_before_anything_is_downloaded(show: Show) -> None:
    survey = next(row for row in sample_rows() if row.product_id == ID)
    assert survey.recommendation is not None
    blocked = replace(survey.recommendation, blockers=(Blocker.NEEDS_RIGHTS,))
    shown = show(sample(rows=(replace(survey, recommendation=blocked),)))
    shown.window.applications.list.toggle(ID)
    shown.until(lambda: "which nobody can give on this computer" in said(shown))
    assert named(shown.window, "Send to IT").isVisible()
    assert "asks once for administrator rights" not in said(shown)


def test_who_will_be_asked_for_rights_reads_it_before_anything_is_downloaded(show: Show) -> None:
    shown = show()
    shown.window.applications.list.toggle(ID)
    shown.until(lambda: "Installing it asks once for administrator rights" in said(shown))
