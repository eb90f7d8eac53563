# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What others want of the person: tokens for programs, and links that start something."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from connection_client.domain.consents import Caller, Question
from connection_client.domain.entitlements import Entitlement
from connection_client.ui.asking import Asking
from connection_client.ui.home import Home
from connection_client.ui.tray import Tray
from connection_client.workspace.view import View
from tests.ui.conftest import Show, Shown, named
from tests.world.sample_products import NOW, sample_rows

QUESTION = Question("survey-cloud", "Survey Cloud", "/usr/bin/survey-viewer-ses", 4711)


def texts(inside: QWidget) -> list[str]:
    return [label.text() for label in inside.findChildren(QLabel) if label.isVisible()]


def asking(shown: Shown) -> Asking:
    return Asking(shown.desk, lambda: shown.window, shown.desk)


def press(shown: Shown, verb: str, within: QWidget | None = None) -> None:
    QTest.mouseClick(named(within or shown.window.question, verb), Qt.MouseButton.LeftButton)


def ask(shown: Shown, question: Question = QUESTION) -> None:
    shown.world.applications.ask(question)
    shown.until(shown.window.question.isVisible)


def test_a_program_that_wants_a_token_is_named(show: Show) -> None:
    shown = show()
    asking(shown)
    ask(shown)
    (text,) = texts(shown.window.question)[-1:]
    assert "/usr/bin/survey-viewer-ses wants to act for you at Survey Cloud" in text


def test_consent_is_given_shown_and_withdrawn(show: Show) -> None:
    shown = show()
    asking(shown)
    ask(shown)
    press(shown, "Allow")
    shown.until(lambda: len(shown.world.applications.consents()) == 1)
    assert not shown.window.question.isVisible()
    shown.window.show_place("you")
    shown.until(lambda: "Survey Cloud" in texts(shown.window.you))
    assert any(
        text.startswith("/usr/bin/survey-viewer-ses may act for you") for text in texts(shown.window.you)
    )
    press(shown, "Withdraw", shown.window.you)
    shown.until(lambda: "Survey Cloud" not in texts(shown.window.you))
    assert shown.world.applications.consents() == ()


def test_a_no_is_a_no(show: Show) -> None:
    shown = show()
    asking(shown)
    ask(shown)
    press(shown, "Do not allow")
    shown.until(lambda: shown.world.applications.refused == [QUESTION])
    assert not shown.window.question.isVisible()


def test_questions_wait_for_each_other(show: Show) -> None:
    shown = show()
    asking(shown)
    ask(shown)
    second = replace(QUESTION, name="Mesh Cloud", audience="mesh-cloud")
    shown.world.applications.ask(second)
    press(shown, "Allow")
    shown.until(lambda: any("Mesh Cloud" in text for text in texts(shown.window.question)))
    press(shown, "Do not allow")
    shown.until(lambda: shown.world.applications.refused == [second])
    assert not shown.window.question.isVisible()


def test_a_link_starts_nothing_before_the_person_agreed(show: Show) -> None:
    shown = show()
    outside = asking(shown)
    outside.open_link("connection-client://launch/mesh-viewer?file=/srv/coupling.stl")
    assert texts(shown.window.question)[-1] == (
        "A link wants to open /srv/coupling.stl with Mesh Viewer SES. Open it?"
    )
    assert shown.world.launched == []
    press(shown, "Open")
    shown.until(lambda: shown.world.launched == ["mesh-viewer"])
    assert [str(file) for file in shown.world.files] == ["/srv/coupling.stl"]
    assert not shown.window.question.isVisible()


def test_a_link_can_be_left_alone(show: Show) -> None:
    shown = show()
    asking(shown).open_link("connection-client://launch/mesh-viewer")
    assert texts(shown.window.question)[-1] == "A link wants to start Mesh Viewer SES. Start it?"
    press(shown, "Not now")
    assert not shown.window.question.isVisible()
    assert shown.world.launched == []


def test_a_link_to_what_is_not_installed_or_not_allowed_is_told(show: Show) -> None:
    shown = show()
    outside = asking(shown)
    outside.open_link("connection-client://launch/moon-viewer")
    assert texts(shown.window.strip)[-1].startswith("moon-viewer is not where it was installed.")
    outside.open_link("connection-client://launch/mesh-viewer?argument=--quiet")
    assert texts(shown.window.strip)[-1].startswith("A link wanted to start an application")
    assert not shown.window.question.isVisible()


def test_a_link_waits_for_the_list(show: Show) -> None:
    shown = show()
    rows = shown.desk.view
    shown.world.workspace.show(View())
    shown.until(lambda: not shown.desk.view.rows)
    asking(shown).open_link("connection-client://launch/mesh-viewer")
    assert not shown.window.question.isVisible()
    shown.world.workspace.show(rows)
    shown.until(shown.window.question.isVisible)


def test_who_asked_is_shown(show: Show) -> None:
    shown = show()
    shown.world.callers = (Caller("/usr/bin/mesh-viewer-ses", 4712, "entitlement", 3, NOW),)
    shown.window.show_place("you")
    shown.until(lambda: "/usr/bin/mesh-viewer-ses" in texts(shown.window.you))
    assert any(text.endswith("process 4712") for text in texts(shown.window.you))


def test_a_licence_that_runs_out_is_told_in_the_list(show: Show) -> None:
    shown = show()
    mesh = next(row for row in sample_rows() if row.product_id == "mesh-viewer")
    ending = Entitlement(
        "mesh-viewer",
        entitled=True,
        until=NOW + timedelta(hours=30),
        confirmed_at=NOW - timedelta(days=13),
    )
    shown.world.workspace.show(View((replace(mesh, entitlement=ending),)))
    shown.until(lambda: shown.state("Mesh Viewer SES").startswith("Good until "))
    assert isinstance(shown.row("Mesh Viewer SES").act, QPushButton)
    assert shown.row("Mesh Viewer SES").act.text() == "Open"


def test_what_was_used_last_comes_first_from_the_start(show: Show) -> None:
    shown = show()
    shown.world.recent = ("mesh-viewer",)
    shown.desk.start()
    shown.until(lambda: shown.desk.recent == ("mesh-viewer",))


def test_the_menu_says_before_the_click_why_something_does_not_start(show: Show) -> None:
    shown = show()
    tray = Tray()
    home = Home(QApplication.instance(), shown.world.rooms, shown.desk.background, tray)  # type: ignore[arg-type]
    shown.until(lambda: any("SES" in action.text() for action in tray.menu.actions()))
    texts = [action.text() for action in tray.menu.actions()]
    assert "Drawing Viewer SES: No licence" in texts
    assert "Mesh Viewer SES" in texts
    home.close()
    tray.close()
