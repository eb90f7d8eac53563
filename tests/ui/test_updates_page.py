# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The page of updates: selecting them, what each costs and brings, and how old the list is."""

import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QWidget

from connection_client.domain.catalogue import InstallRecipe, Severity
from connection_client.domain.installed import OWN_PRODUCT
from connection_client.domain.recommendations import Blocker, Reason, Recommendation
from connection_client.ui.expected import facts, size_and_time
from connection_client.ui.pages.updates import UpdatesPage
from connection_client.ui.screenshots import settle
from connection_client.ui.widgets.row import Row as RowWidget
from connection_client.ui.words import from_to
from connection_client.workspace.view import Row, View
from tests.ui.conftest import Show, Shown, named
from tests.ui.test_places import texts
from tests.world.desktop import private_desktop
from tests.world.processes import running
from tests.world.sample_products import (
    DRAWING,
    MESH,
    NOW,
    SURVEY,
    TERRAIN,
    installed,
    licensed,
    product,
    recommended,
    sample_rows,
)
from tests.world.sample_rooms import SIGNED_IN, sample
from tests.world.screen import Screen

HERE = Path(__file__).parents[2]
CRITICAL = product(
    "drawing-viewer", DRAWING.name, "10.2.0.7", 148_000_000, "Reads DXF 2018.", Severity.CRITICAL
)


def with_recipe(wanted: Recommendation, recipe: InstallRecipe) -> Recommendation:
    package = replace(wanted.package, install=recipe)
    return replace(wanted, package=package, chain=(package,))


def updatable(name: str = "drawing-viewer", *blockers: Blocker, reason: Reason = Reason.NEWER) -> Row:
    """A row with an update, of the critical release of drawing-viewer or of the mesh viewer."""
    one = CRITICAL if name == "drawing-viewer" else MESH
    before = installed(name, "10.1.0.3")
    return Row(name, one.name, before, recommended(one, before, *blockers, reason=reason), licensed(name))


def opened(show: Show, *rows: Row, pace: float = 0.0) -> tuple[Shown, UpdatesPage]:
    """The page over the sample rows and these."""
    world = sample(SIGNED_IN, (*sample_rows()[2:4], *rows))
    world.workspace.view = replace(world.workspace.view, pace=pace)
    shown = show(world)
    shown.window.show_place("updates")
    settle()
    page = shown.window.pages.currentWidget()
    assert isinstance(page, UpdatesPage)
    return shown, page


def box_of(shown: Shown, name: str) -> QCheckBox:
    found = named(shown.window, f"Select {name}")
    assert isinstance(found, QCheckBox)
    return found


def order(page: UpdatesPage) -> list[str]:
    rows = [row for row in page.list.findChildren(RowWidget) if row.isVisible() and row.face]
    return [row.face.name for row in sorted(rows, key=lambda row: row.y()) if row.face]


def press(widget: QWidget, key: Qt.Key) -> None:
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(widget, key)


# ---- Selecting ---------------------------------------------------------------------------------------
def test_all_are_selected_at_first_and_only_the_selected_ones_are_updated(show: Show) -> None:
    shown, page = opened(show, updatable("mesh-viewer"))
    assert all(box_of(shown, one.name).isChecked() for one in (SURVEY, TERRAIN, MESH))
    assert page.all.text() == "Update all"
    QTest.mouseClick(box_of(shown, TERRAIN.name), Qt.MouseButton.LeftButton)
    assert page.all.text() == "Update 2 selected"
    assert page.summary.text() == "2 of 3 selected, 408 MB"
    page.all.click()
    shown.until(lambda: [row.product_id for row in shown.desk.updates] == ["terrain-builder"])
    assert not box_of(shown, TERRAIN.name).isChecked()
    assert page.all.text() == "Update selected"
    assert not page.all.isEnabled()
    assert page.summary.text() == "Nothing is selected"


def test_space_toggles_and_so_does_a_screen_reader(show: Show) -> None:
    shown, page = opened(show)
    box = box_of(shown, SURVEY.name)
    press(box, Qt.Key.Key_Space)
    assert not box.isChecked()
    assert page.all.text() == "Update 1 selected"
    press(box, Qt.Key.Key_Space)
    assert page.all.text() == "Update all"
    heard = QAccessible.queryAccessibleInterface(box)
    heard.actionInterface().doAction("Toggle")
    assert page.all.text() == "Update 1 selected"


def test_a_screen_reader_finds_boxes_by_name_and_hears_their_state(tmp_path: Path) -> None:
    with private_desktop(tmp_path / "desktop", tray=False, key_store=False) as desktop:
        command = [sys.executable, "-m", "tests.ui.program"]
        environment = {**desktop.environment, "PYTHONPATH": str(HERE)}
        with (
            running(command, environment, tmp_path / "program.log"),
            closing(Screen(desktop.environment)) as screen,
        ):
            screen.wait_for(SURVEY.name)
            screen.click("Updates")
            box = screen.wait_for(f"Select {SURVEY.name}", "check box")
            assert screen.checked(box)
            screen.click(box.name)
            screen.wait_for("Update 1 selected")
            assert not screen.checked(box)
            screen.press_key("space")
            screen.wait_for("Update all")
            assert screen.checked(box)
            screen.wait_for_text("Last checked: today")
            assert screen.find("Check for updates") is not None


def test_the_arrow_keys_lead_from_box_to_box(show: Show) -> None:
    shown, _page = opened(show)
    press(box_of(shown, SURVEY.name), Qt.Key.Key_Down)
    assert QApplication.focusWidget() is box_of(shown, TERRAIN.name)
    QTest.keyClick(box_of(shown, TERRAIN.name), Qt.Key.Key_Up)
    assert QApplication.focusWidget() is box_of(shown, SURVEY.name)


def test_tab_goes_from_the_top_to_the_foot(show: Show) -> None:
    shown, page = opened(show)
    page.all.setFocus(Qt.FocusReason.TabFocusReason)
    met = []
    for _ in range(11):
        QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
        met.append((QApplication.focusWidget() or page).accessibleName())
    survey, terrain = SURVEY.name, TERRAIN.name
    assert met[:5] == ["Select all", f"Select {survey}", survey, f"Update {survey}", f"More about {survey}"]
    assert met[5:10] == [
        f"Select {terrain}",
        terrain,
        f"Update {terrain}",
        f"More about {terrain}",
        "Check for updates",
    ]
    assert shown.window.isAncestorOf(QApplication.focusWidget() or page)


def test_the_box_above_the_list_selects_all_or_nothing(show: Show) -> None:
    shown, page = opened(show)
    every = named(shown.window, "Select all")
    assert isinstance(every, QCheckBox)
    assert every.checkState() is Qt.CheckState.Checked
    every.click()
    assert not any(box_of(shown, one.name).isChecked() for one in (SURVEY, TERRAIN))
    assert every.checkState() is Qt.CheckState.Unchecked
    box_of(shown, SURVEY.name).click()
    assert every.checkState() is Qt.CheckState.PartiallyChecked
    every.click()
    assert all(box_of(shown, one.name).isChecked() for one in (SURVEY, TERRAIN))
    assert page.all.text() == "Update all"


def test_what_cannot_be_installed_or_is_under_way_cannot_be_selected(show: Show) -> None:
    shown, page = opened(show, updatable("mesh-viewer", Blocker.ROLE_MISSING))
    assert not box_of(shown, MESH.name).isEnabled()
    assert not box_of(shown, MESH.name).isChecked()
    assert page.all.text() == "Update all"
    shown.world.workspace.stepwise = True
    shown.row(SURVEY.name).act.click()
    shown.until(lambda: not box_of(shown, SURVEY.name).isEnabled())
    assert box_of(shown, TERRAIN.name).isEnabled()


def test_what_was_left_out_is_selected_again_when_something_newer_is_offered(show: Show) -> None:
    shown, page = opened(show)
    box_of(shown, SURVEY.name).click()
    rows = shown.world.workspace.view.rows
    shown.world.workspace.show(View(rows[1:], NOW))
    shown.until(lambda: len(shown.desk.updates) == 1)
    assert page.all.text() == "Update all"
    shown.world.workspace.show(View(rows, NOW))
    shown.until(lambda: len(shown.desk.updates) == 2)
    assert box_of(shown, SURVEY.name).isChecked()


# ---- What it costs and brings -------------------------------------------------------------------------
def test_what_cannot_wait_comes_first_with_a_shape_and_a_word(show: Show) -> None:
    shown, page = opened(show, updatable(reason=Reason.SECURITY))
    assert order(page) == [DRAWING.name, SURVEY.name, TERRAIN.name]
    face = shown.row(DRAWING.name).face
    assert face is not None
    assert (face.icon, face.state) == ("warning", "Important, 148 MB")
    assert face.version == from_to("10.1.0.3", "10.2.0.7")
    assert face.facts == "Closes a security gap, needs administrator rights"
    plain = shown.row(SURVEY.name).face
    assert plain is not None
    assert (plain.icon, plain.state) == ("update", "312 MB")
    page.all.click()
    shown.until(lambda: shown.desk.operations.under_way != ())
    assert shown.desk.operations.under_way[0].product_id == "drawing-viewer"


def test_the_time_is_told_where_something_was_measured(show: Show) -> None:
    shown, page = opened(show, pace=4_000_000)
    assert shown.state(SURVEY.name) == "312 MB in about 1\u00a0min"
    assert shown.state(TERRAIN.name) == "611 MB in about 3\u00a0min"
    assert page.summary.text() == "2 updates, 923 MB in all, about 4\u00a0min"
    box_of(shown, SURVEY.name).click()
    assert page.summary.text() == "1 of 2 selected, 611 MB in about 3\u00a0min"


@pytest.mark.parametrize(
    ("pace", "words"),
    [
        (0.0, "90 MB"),
        (90e6, "90 MB in about 1\u00a0s"),
        (2e6, "90 MB in about 45\u00a0s"),
        (25_200, "90 MB in about 1\u00a0hour"),
        (10_000, "90 MB in about 2\u00a0hours"),
    ],
)
def test_sizes_and_times_in_words(pace: float, words: str) -> None:
    assert size_and_time(90_000_000, pace) == words


@pytest.mark.parametrize(
    ("recipe", "words"),
    [
        (InstallRecipe("appimage", elevation="never"), ""),
        (InstallRecipe("deb"), "Needs administrator rights"),
        (InstallRecipe("exe", elevation="never", exit_codes={0: "reboot-required"}), "Restarts the computer"),
        (
            InstallRecipe("msi", exit_codes={3010: "reboot-required", 0: "ok"}),
            "Needs administrator rights, may restart the computer",
        ),
    ],
)
def test_rights_and_restarts_are_told_where_the_catalogue_knows(recipe: InstallRecipe, words: str) -> None:
    before = installed("survey-viewer", "10.1.0.12")
    assert facts(with_recipe(recommended(SURVEY, before), recipe)) == words


def test_the_client_itself_says_that_it_starts_anew() -> None:
    own = product(OWN_PRODUCT, "CONNECTION Client", "1.2.0", 60_000_000, "", Severity.OPTIONAL)
    wanted = with_recipe(recommended(own, None), InstallRecipe("deb"))
    assert facts(wanted) == "Needs administrator rights, restarts CONNECTION Client"


def test_what_is_in_the_way_and_can_be_decided_is_told_once() -> None:
    before = installed("survey-viewer", "10.1.0.12")
    wanted = recommended(SURVEY, before, Blocker.NEEDS_RIGHTS, Blocker.METERED)
    assert facts(wanted) == "Needs administrator rights, waits for a network without a meter"


def test_a_screen_reader_hears_what_the_row_shows_and_the_news_are_one_line(show: Show) -> None:
    shown, _page = opened(show)
    row = shown.row(SURVEY.name)
    assert row.head.accessibleDescription() == (
        f"{from_to('10.1.0.12', '10.2.0.7')}  ·  312 MB. Needs administrator rights. "
        + SURVEY.releases[0].notes_summary
    )
    short = shown.row(TERRAIN.name)
    assert row.height() == short.height()


def test_the_other_page_has_no_boxes_and_no_notes(show: Show) -> None:
    shown, _page = opened(show)
    shown.window.show_place("applications")
    settle()
    row = shown.row(SURVEY.name)
    assert not row.check.isVisible()
    assert row.head.accessibleDescription() == "10.1.0.12  ·  Update 10.2.0.7 available, 312 MB"


# ---- How old it is --------------------------------------------------------------------------------------
@pytest.mark.parametrize("place", ["updates", "applications"])
def test_the_age_of_the_list_stands_at_the_foot_with_a_button_to_check_again(show: Show, place: str) -> None:
    shown, _page = opened(show)
    shown.window.show_place(place)
    settle()
    page = shown.window.pages.currentWidget()
    assert any(text.startswith("Last checked: today ") for text in texts(shown))
    button = named(page, "Check for updates")
    assert isinstance(button, QPushButton)
    looks: list[bool] = []
    refresh = shown.world.workspace.refresh

    def looking(manual: bool = False) -> View:  # noqa: FBT001, FBT002  # as the real one
        looks.append(manual)
        return refresh(manual)

    shown.world.workspace.refresh = looking  # type: ignore[method-assign]
    button.click()
    assert "Checking for updates" in texts(shown)
    assert not button.isEnabled()
    shown.until(button.isEnabled)
    assert looks == [True]
