# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Selecting updates with the mouse, the keyboard and a screen reader."""

import sys
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from connection_client.domain.recommendations import Blocker
from connection_client.workspace.view import View
from tests.ui.conftest import Show, named
from tests.ui.updates_page import box_of, opened, updatable
from tests.world.desktop import private_desktop
from tests.world.processes import running
from tests.world.sample_products import (
    MESH,
    NOW,
    SURVEY,
    TERRAIN,
)
from tests.world.screen import Screen

HERE = Path(__file__).parents[2]


def press(widget: QWidget, key: Qt.Key) -> None:
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(widget, key)


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
