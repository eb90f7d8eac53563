# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Not this version, not now, not this application: in the menu of a row."""

from dataclasses import replace
from datetime import datetime, timedelta

from connection_client.domain.catalogue import Severity
from tests.ui.conftest import Show, Shown

PRODUCT = "survey-viewer"


def entries(shown: Shown) -> list[str]:
    row = shown.desk.row(PRODUCT)
    assert row is not None
    menu = shown.window.applications.list.menu_of(PRODUCT, row)
    return [action.text() for action in menu.actions() if action.text()]


def press(shown: Shown, text: str) -> None:
    row = shown.desk.row(PRODUCT)
    assert row is not None
    menu = shown.window.applications.list.menu_of(PRODUCT, row)
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_a_version_is_skipped(show: Show) -> None:
    shown = show()
    press(shown, "Skip this version")
    shown.until(lambda: shown.state("Survey Viewer SES") == "Up to date")
    assert "Skip this version" not in entries(shown)


def test_a_reminder_is_put_off_for_a_day(show: Show) -> None:
    shown = show()
    press(shown, "Remind me tomorrow")
    shown.until(lambda: PRODUCT in shown.world.workspace.reminders)
    ahead = shown.world.workspace.reminders[PRODUCT] - datetime.now().astimezone()
    assert timedelta(hours=23) < ahead <= timedelta(days=1)


def test_an_application_is_left_alone_and_looked_after_again(show: Show) -> None:
    shown = show()
    press(shown, "Never offer updates")
    shown.until(lambda: "Offer updates again" in entries(shown))
    assert shown.world.workspace.left_alone == {PRODUCT}
    press(shown, "Offer updates again")
    shown.until(lambda: "Offer updates again" not in entries(shown))
    assert shown.world.workspace.left_alone == frozenset()


def test_what_is_critical_can_be_put_off_but_not_left_out(show: Show) -> None:
    shown = show()
    view = shown.world.workspace.view
    rows = tuple(
        replace(row, recommendation=replace(row.recommendation, severity=Severity.CRITICAL))
        if row.product_id == PRODUCT and row.recommendation
        else row
        for row in view.rows
    )
    shown.world.workspace.show(replace(view, rows=rows))
    shown.until(lambda: "Skip this version" not in entries(shown))
    assert "Remind me tomorrow" in entries(shown)
