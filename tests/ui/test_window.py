# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The window as a whole: names for everything, keys for everything, and a main thread that never waits."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget

from connection_client.domain.accounts import SessionState
from connection_client.ui.screenshots import take_pictures
from tests.ui.conftest import Show, Shown, named
from tests.world.sample_rooms import SIGNED_IN, SIGNED_OUT, sample

PLACES = ("applications", "updates", "you", "help", "settings")
PACKAGE = "survey-viewer_10.2.0.7_all.deb"


def controls(window: QWidget) -> list[QWidget]:
    """What can have the focus now."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    ]


def focused(shown: Shown) -> QWidget:
    """What has the focus."""
    return QApplication.focusWidget() or shown.window


def walk(shown: Shown) -> list[str]:
    """Everything that lacks a name or says another one than it shows, over all places and cards."""
    wrong: list[str] = []
    stops: list[Callable[[], object]] = [partial(shown.window.show_place, place) for place in PLACES]
    for card in (shown.window.sign_in, shown.window.password):
        stops.append(partial(shown.window.pages.setCurrentWidget, card))
        stops.extend(partial(card.stack.setCurrentIndex, index) for index in range(card.stack.count()))
    for stop in stops:
        stop()
        for widget in controls(shown.window):
            told = QAccessible.queryAccessibleInterface(widget)
            name = told.text(QAccessible.Text.Name)
            shows = widget.text().strip().replace("&&", "&") if isinstance(widget, QAbstractButton) else ""
            if not name or not name.startswith(shows):
                wrong.append(f"{type(widget).__name__} {shows!r} is told as {name!r}")
    return wrong


def test_every_control_has_a_name_and_it_is_the_one_that_shows(show: Show) -> None:
    shown = show()
    shown.row("Survey Viewer SES").head.click()
    assert len(controls(shown.window)) > 5
    assert walk(shown) == []


@pytest.mark.parametrize("state", [SIGNED_IN, SIGNED_OUT], ids=["signed in", "signed out"])
def test_tab_reaches_every_control_of_every_place(show: Show, state: SessionState) -> None:
    shown = show(sample(state))
    shown.window.activateWindow()
    shown.until(lambda: QApplication.activeWindow() is shown.window)
    for place in PLACES:
        shown.window.show_place(place)
        wanted = {widget for widget in controls(shown.window) if widget.isEnabled()}
        reached: set[QWidget] = set()
        for _ in range(3 * len(wanted)):
            QTest.keyClick(focused(shown), Qt.Key.Key_Tab)
            reached.add(focused(shown))
        missed = {type(widget).__name__ + " " + widget.accessibleName() for widget in wanted - reached}
        assert not missed, place


def test_keys_go_to_the_places(show: Show) -> None:
    shown = show()
    shown.window.activateWindow()
    shown.until(lambda: QApplication.activeWindow() is shown.window)
    for key, place in (
        (Qt.Key.Key_2, "updates"),
        (Qt.Key.Key_3, "you"),
        (Qt.Key.Key_Comma, "settings"),
        (Qt.Key.Key_1, "applications"),
    ):
        QTest.keyClick(shown.window, key, Qt.KeyboardModifier.ControlModifier)
        assert shown.window.pages.currentWidget() is shown.window.place(place)
    QTest.keyClick(shown.window, Qt.Key.Key_F1)
    assert shown.window.pages.currentWidget() is shown.window.help
    QTest.keyClick(shown.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    shown.until(shown.window.applications.search.hasFocus)


def test_the_focus_can_be_seen(show: Show) -> None:
    shown = show()
    shown.window.activateWindow()
    shown.until(lambda: QApplication.activeWindow() is shown.window)
    for widget in (
        shown.row("Mesh Viewer SES").head,
        shown.row("Mesh Viewer SES").act,
        shown.window.buttons["you"],
    ):
        shown.window.applications.search.setFocus()
        before = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        assert widget.grab().toImage() != before


def test_closing_keeps_the_program_in_the_tray(show: Show) -> None:
    shown = show()
    with shown.bot.waitSignal(shown.window.home_closed, timeout=10_000):
        shown.window.close()
    assert not shown.window.isVisible()
    shown.window.raise_up()
    assert shown.window.isVisible()


def drop(shown: Shown, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(shown.window, QDragEnterEvent(QPoint(100, 100), copy, data, left, none))
    assert shown.window.drop.isVisible()
    QApplication.sendEvent(shown.window, QDropEvent(QPointF(100, 100), copy, data, left, none))
    assert not shown.window.drop.isVisible()


def test_a_known_package_that_is_dropped_is_asked_about_and_installed(show: Show, tmp_path: Path) -> None:
    shown = show()
    drop(shown, tmp_path / PACKAGE)
    shown.until(
        lambda: "is Survey Viewer SES 10.2.0.7, as the publisher signed it" in shown.window.strip.text.text()
    )
    QTest.mouseClick(named(shown.window.strip, "Install"), Qt.MouseButton.LeftButton)
    shown.until(lambda: shown.world.workspace.installed_files == [tmp_path / PACKAGE])
    shown.until(lambda: shown.state("Survey Viewer SES") == "Up to date")


def test_an_unknown_file_is_refused_with_the_reason(show: Show, tmp_path: Path) -> None:
    shown = show()
    drop(shown, tmp_path / "holiday.jpg")
    shown.until(lambda: "holiday.jpg is in no list of the publisher" in shown.window.strip.text.text())
    assert shown.world.workspace.installed_files == []


def test_the_main_thread_never_waits_for_a_service(show: Show) -> None:
    shown = show(sample(SIGNED_IN, slow=0.4))
    gaps, last = list[float](), [time.perf_counter()]

    def beat() -> None:
        now = time.perf_counter()
        gaps.append(now - last[0])
        last[0] = now

    timer = QTimer(interval=5)
    timer.timeout.connect(beat)
    beat()
    timer.start()
    shown.desk.refresh(manual=True)
    shown.desk.sign_out()
    shown.window.sign_in.start_with("sofia.marques@lima-survey.example")
    shown.until(lambda: bool(shown.world.sign_in.attempts) and not shown.desk.refreshing)
    timer.stop()
    assert len(gaps) > 50
    # Building a page takes its time too; a service that blocked would show as 0.4 s.
    assert max(gaps[1:]) < 0.3


def test_nothing_is_a_window_of_its_own(show: Show) -> None:
    shown = show()
    shown.row("Drawing Viewer SES").act.click()
    for place in PLACES:
        shown.window.show_place(place)
    assert [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()] == [shown.window]


def test_no_text_is_cut_at_the_smallest_size(show: Show) -> None:
    shown = show()
    shown.window.resize(shown.window.minimumSize())
    cut: list[str] = []
    for place in PLACES:
        shown.window.show_place(place)
        QApplication.processEvents()
        for label in shown.window.pages.currentWidget().findChildren(QLabel):
            if label.isVisible() and label.wordWrap() and label.text():
                needs = label.heightForWidth(label.width())
                if needs > label.height() + 1:
                    cut.append(f"{place}: {label.text()} ({label.height()} of {needs})")
        for button in shown.window.pages.currentWidget().findChildren(QAbstractButton):
            told = button.isVisible() and button.text() and button.property("kind") not in ("row", "place")
            if told and button.sizeHint().width() > button.width() + 1:
                cut.append(f"{place}: button {button.text()}")
    assert cut == []


def test_pictures_of_every_place_light_and_dark(qapp: QApplication, tmp_path: Path) -> None:
    files = take_pictures(tmp_path, sample().rooms)
    assert {file.name for file in files} >= {
        f"{place}-{theme}.png" for place in PLACES for theme in ("light", "dark")
    }
    assert all(file.stat().st_size > 2000 for file in files)


def test_long_pages_scroll(show: Show) -> None:
    shown = show()
    shown.window.resize(shown.window.minimumSize())
    shown.window.show_place("settings")
    QApplication.processEvents()
    area = shown.window.settings.findChildren(QScrollArea)[0]
    assert area.verticalScrollBar().maximum() > 0
