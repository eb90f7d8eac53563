# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The list of applications: what each row says and does, by mouse and by keyboard, at any length."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from connection_client.domain.errors import CenterUnreachable
from connection_client.domain.launch_errors import ApplicationMissing
from connection_client.ui.widgets.row import Row as RowWidget
from connection_client.ui.words import from_to
from connection_client.workspace.view import Row, View
from tests.ui.conftest import Show, Shown, named
from tests.world.sample_products import NOW, installed, licensed, sample_rows
from tests.world.sample_rooms import SIGNED_IN, SIGNED_OUT, sample


def many(count: int) -> tuple[Row, ...]:
    """An engineer with very many applications."""
    return tuple(
        Row(
            f"app-{n}",
            f"Application {n:05} SES",
            installed(f"app-{n}", "10.2.0.7"),
            None,
            licensed(f"app-{n}"),
        )
        for n in range(count)
    )


def focused() -> QWidget:
    """What has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def texts(shown: Shown) -> list[str]:
    page = shown.window.pages.currentWidget()
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_each_row_says_its_state_and_offers_one_step(show: Show) -> None:
    shown = show()
    said = {
        name: (shown.state(name), shown.row(name).act.text())
        for name in ("Mesh Viewer SES", "Survey Viewer SES", "Drawing Viewer SES")
    }
    assert said == {
        "Mesh Viewer SES": ("Up to date", "Open"),
        "Survey Viewer SES": ("Update 10.2.0.7 available, 312 MB", "Update"),
        "Drawing Viewer SES": ("No licence: ask Ana Lima", "Locked"),
    }
    assert "10.2.0.7  ·  Up to date" in texts(shown)


def test_open_starts_the_application(show: Show) -> None:
    shown = show()
    shown.row("Mesh Viewer SES").act.click()
    shown.until(lambda: shown.world.launched == ["mesh-viewer"])
    shown.until(lambda: shown.desk.recent == ("mesh-viewer",))
    assert shown.state("Mesh Viewer SES") == "Up to date"


def test_an_application_that_does_not_start_says_why(show: Show) -> None:
    shown = show()
    shown.world.launch_fails = ApplicationMissing(name="Mesh Viewer SES")
    shown.row("Mesh Viewer SES").act.click()
    shown.until(shown.window.strip.isVisible)
    assert shown.window.strip.text.text().startswith("Mesh Viewer SES is not where it was installed.")


def test_update_installs_and_then_it_is_up_to_date(show: Show) -> None:
    shown = show()
    shown.row("Survey Viewer SES").act.click()
    shown.until(lambda: shown.state("Survey Viewer SES") == "Up to date")
    assert shown.row("Survey Viewer SES").act.text() == "Open"


def test_the_search_narrows_and_escape_widens(show: Show) -> None:
    shown = show()
    QTest.keyClicks(shown.window.applications.search, "mesh")
    assert [
        row.face.name
        for row in shown.window.applications.findChildren(RowWidget)
        if row.isVisible() and row.face
    ] == ["Mesh Viewer SES"]
    QTest.keyClicks(shown.window.applications.search, " xyz")
    assert "No application is called “mesh xyz”." in texts(shown)
    QTest.keyClick(shown.window.applications.search, Qt.Key.Key_Escape)
    assert shown.row("Survey Viewer SES").isVisible()


def test_the_details_tell_news_versions_evidence_and_history(show: Show) -> None:
    shown = show()
    shown.row("Survey Viewer SES").head.click()
    said = texts(shown)
    assert "What is new in 10.2.0.7" in said
    assert any(text.startswith("10.2.0.7 of ") for text in said)
    assert "dpkg: /var/lib/dpkg/status: survey-viewer-ses 10.1.0.12" in said
    assert any(f"Installed {from_to('10.0.3.1', '10.1.0.12')}" in text for text in said)
    shown.row("Survey Viewer SES").head.click()
    assert "What is new in 10.2.0.7" not in texts(shown)


def test_a_locked_row_says_why_and_whom_to_write_to(show: Show) -> None:
    shown = show()
    shown.row("Drawing Viewer SES").act.click()
    assert any("your organisation has no licence for it" in text for text in texts(shown))
    QTest.mouseClick(named(shown.window, "Write to Ana Lima"), Qt.MouseButton.LeftButton)
    shown.until(lambda: shown.world.opened == ["mailto:ana@lima-survey.example"])


def test_the_keyboard_reaches_everything(show: Show) -> None:
    shown = show()
    page = shown.window.applications
    shown.window.activateWindow()
    shown.until(lambda: QApplication.activeWindow() is shown.window)
    page.search.setFocus()
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is shown.row("Drawing Viewer SES").head
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    assert QApplication.focusWidget() is shown.row("Mesh Viewer SES").head
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is shown.row("Mesh Viewer SES").act
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    shown.until(lambda: shown.world.launched == ["mesh-viewer"])
    shown.row("Mesh Viewer SES").head.setFocus()
    QTest.keyClick(shown.row("Mesh Viewer SES").head, Qt.Key.Key_Return)
    assert page.list.open_key == "mesh-viewer"


def test_the_menu_holds_what_the_button_does_not(show: Show) -> None:
    shown = show()
    row = shown.desk.row("survey-viewer")
    assert row is not None
    menu = shown.window.applications.list.menu_of("survey-viewer", row)
    entries = [action.text() for action in menu.actions() if action.text()]
    assert entries == [
        "Open",
        "Update",
        "Show details",
        "Skip this version",
        "Remind me tomorrow",
        "Never offer updates",
        "Request service",
        "Send to IT",
        "This is wrong",
    ]
    next(action for action in menu.actions() if action.text() == "Request service").trigger()
    shown.until(lambda: bool(shown.world.opened))
    assert shown.world.opened[0].endswith("?product=survey-viewer&version=10.1.0.12")


def test_two_versions_side_by_side_are_two_rows(show: Show) -> None:
    old = Row(
        "mesh-viewer", "Mesh Viewer SES", installed("mesh-viewer", "9.0.1.4"), None, licensed("mesh-viewer")
    )
    shown = show(sample(SIGNED_IN, (*sample_rows()[1:2], old)))
    rows = [row for row in shown.window.applications.findChildren(RowWidget) if row.isVisible()]
    assert len({row.key for row in rows}) == 2


def test_an_empty_list_leads_on(show: Show) -> None:
    shown = show(sample(SIGNED_OUT, (), slow=0.1))
    shown.window.show_place("applications")
    assert "No applications yet" in texts(shown)
    named(shown.window.applications, "Sign in").click()  # type: ignore[attr-defined]
    assert shown.window.pages.currentWidget() is shown.window.sign_in


def test_what_kept_the_list_from_being_newer_is_said_and_the_rows_stay(show: Show) -> None:
    shown = show()
    problem = CenterUnreachable(host="center.example", reason="refused")
    shown.world.workspace.show(View(sample_rows(), NOW, problem))
    shown.until(shown.window.applications.notice.isVisible)
    assert "center.example cannot be reached" in shown.window.applications.notice.text.text()
    assert shown.row("Mesh Viewer SES").isVisible()


def test_what_was_put_away_stays_away(show: Show) -> None:
    shown = show()
    problem = CenterUnreachable(host="center.example", reason="refused")
    shown.world.workspace.show(View(sample_rows(), NOW, problem))
    shown.until(shown.window.applications.notice.isVisible)
    shown.window.applications.notice.close_button.click()
    shown.world.workspace.show(View(sample_rows()[1:], NOW, problem))
    shown.until(lambda: len(shown.desk.view.rows) == len(sample_rows()) - 1)
    assert not shown.window.applications.notice.isVisible()


def test_ten_thousand_rows_cost_what_ten_cost(show: Show) -> None:
    shown = show(sample(SIGNED_IN, many(10_000)))
    page = shown.window.applications
    assert len(page.findChildren(RowWidget)) < 30
    for value in range(0, page.list.verticalScrollBar().maximum(), 20_000):
        page.list.verticalScrollBar().setValue(value)
        QApplication.processEvents()
        assert len(page.findChildren(RowWidget)) < 30
    page.list.verticalScrollBar().setValue(page.list.verticalScrollBar().maximum())
    QApplication.processEvents()
    assert shown.row("Application 09999 SES").isVisible()


def test_a_changed_row_keeps_the_others_and_the_place(show: Show) -> None:
    rows = many(500)
    shown = show(sample(SIGNED_IN, rows))
    page = shown.window.applications
    page.list.verticalScrollBar().setValue(6400)
    QApplication.processEvents()
    changed = replace(rows[101], name="Renamed SES")
    shown.world.workspace.show(View((*rows[:101], changed, *rows[102:]), NOW))
    shown.until(
        lambda: any(row.face and row.face.name == "Renamed SES" for row in page.findChildren(RowWidget))
    )
    assert page.list.verticalScrollBar().value() == 6400


def test_hostile_names_are_text(show: Show) -> None:
    name = '<b onclick="x">&Rich</b> ' + "very long " * 20
    row = Row("hostile", name, installed("hostile", "<i>1</i>"), None, licensed("hostile"))
    shown = show(sample(SIGNED_IN, (row,)))
    assert shown.row(name).head.accessibleName() == name
    shown.row(name).head.click()
    assert "<i>1</i>" in texts(shown)
    formats = {label.textFormat() for label in shown.window.applications.findChildren(QLabel) if label.text()}
    assert formats == {Qt.TextFormat.PlainText}  # with AutoText, Qt would guess
    tip = shown.row(name).head.toolTip()
    assert QTextDocumentFragment.fromHtml(tip).toPlainText() == name
