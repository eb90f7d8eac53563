# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Help within the window: the doctor, the preview of the diagnostics, a service request; and the history."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from connection_client.domain.errors import CenterUnreachable
from connection_client.ui.pages.diagnostics import DiagnosticsPage
from connection_client.ui.pages.doctor import DoctorPage
from connection_client.ui.pages.history import Entry
from connection_client.ui.pages.service_request import ServiceRequestPage
from connection_client.ui.words import from_to
from tests.ui.conftest import Show, Shown, named
from tests.world.sample_rooms import SIGNED_OUT, sample


def press(shown: Shown, name: str) -> None:
    """Click the visible control of that name on the page."""
    page = shown.window.pages.currentWidget()
    QTest.mouseClick(named(page, name), Qt.MouseButton.LeftButton)


def test_the_doctor_says_line_by_line_what_is_wrong_and_how_to_mend_it(show: Show) -> None:
    shown = show()
    shown.window.show_place("help")
    press(shown, "Look at this computer")
    page = cast("DoctorPage", shown.window.pages.currentWidget())
    shown.until(page.again.isEnabled)
    assert page.summary.text() == "1 thing does not work"
    line = page.lines["Clock"]
    assert line.found.text() == "This computer's clock is 10 minutes behind."
    assert line.found.accessibleName().startswith("Clock: Fails: ")
    assert line.advice.isVisible()
    assert not page.lines["Proxy"].advice.isVisible()
    # What has to be mended stands above what is well, for the eye and for who has it read aloud.
    assert line.y() == min(each.y() for each in page.lines.values())
    read = [each for each in cast("QWidget", line.parentWidget()).children() if isinstance(each, QWidget)]
    assert read[0] is line
    press(shown, "Copy as text")
    copied = QGuiApplication.clipboard().text()
    assert "Fails: Clock: This computer's clock is 10 minutes behind." in copied
    assert shown.window.current_place == "help"
    press(shown, "Back to Help")
    assert shown.window.pages.currentWidget() is shown.window.help


def test_what_is_read_and_nothing_else_is_sent(show: Show, tmp_path: Path) -> None:
    shown = show()
    shown.window.show_place("help")
    press(shown, "Write it here")
    request = cast("ServiceRequestPage", shown.window.pages.currentWidget())
    QTest.keyClicks(request.subject.edit, "The colours are lost")
    QTest.keyClicks(request.text, "After the export every layer is grey.")
    assert request.product.chosen == ("drawing-viewer", "10.2.0.7")
    press(shown, "See the diagnostics")
    page = cast("DiagnosticsPage", shown.window.pages.currentWidget())
    shown.until(page.attach.isEnabled)
    seen = page.text.toPlainText()
    assert "sofia.marques" not in seen
    assert "@lima-survey.example" in seen
    page.save_to(tmp_path / "bundle.zip")
    shown.until(page.notice.isVisible)
    press(shown, "Attach to a service request")
    assert shown.window.pages.currentWidget() is request
    press(shown, "Send")
    shown.until(lambda: bool(shown.world.support.sent))
    sent = shown.world.support.sent[0]
    assert (sent.subject, sent.product) == ("The colours are lost", "drawing-viewer")
    assert sent.bundle == (tmp_path / "bundle.zip").read_bytes()
    with zipfile.ZipFile(BytesIO(sent.bundle)) as archive:
        assert all(archive.read(name).decode() in seen for name in archive.namelist())
    shown.until(request.notice.isVisible)
    assert "Service request 17 is filed" in request.notice.text.text()
    assert not request.parts


def test_a_request_that_did_not_arrive_keeps_what_was_typed(show: Show) -> None:
    shown = show()
    shown.world.support.refusing = CenterUnreachable(host="center.example", reason="no answer")
    shown.window.show_place("request")
    request = cast("ServiceRequestPage", shown.window.pages.currentWidget())
    request.subject.edit.setText("Slow")
    request.text.setPlainText("Very slow")
    press(shown, "Send")
    shown.until(request.notice.isVisible)
    assert request.subject.text == "Slow"
    assert request.send.isEnabled()


def test_nobody_signed_in_still_gets_the_doctor(show: Show) -> None:
    shown = show(sample(SIGNED_OUT))
    shown.window.show_place("help")
    assert not named(shown.window.help, "Write it here").isEnabled()
    assert named(shown.window.help, "Look at this computer").isEnabled()


def test_the_history_is_found_under_updates_with_search_and_log(show: Show, tmp_path: Path) -> None:
    world = sample()
    log = tmp_path / "install.log"
    log.write_text("Unpacking survey-viewer-ses")
    first = replace(world.workspace.entries[0], log=log)
    world.workspace.entries = (
        replace(first, name="Mesh Viewer SES", outcome="needs-rights", log=None),
        *(replace(first, after=f"10.1.0.{number}") for number in range(60)),
    )
    shown = show(world)
    shown.window.show_place("updates")
    press(shown, "History")
    page = shown.window.history
    shown.until(lambda: len(page.findChildren(Entry)) >= 50)
    assert page.more.isVisible()
    assert shown.window.current_place == "updates"
    QTest.keyClicks(page.search, "mesh")
    shown.until(lambda: len([e for e in page.findChildren(Entry) if e.isVisible()]) == 1)
    assert not page.more.isVisible()
    wanted = from_to("10.0.3.1", "10.1.0.59")
    page.search.setText("10.1.0.59")
    shown.until(lambda: [e.said for e in page.findChildren(Entry) if e.isVisible()] == [wanted])
    press(shown, "Show the log of Survey Viewer SES")
    entry = next(e for e in page.findChildren(Entry) if e.isVisible())
    shown.until(lambda: entry.reading is not None and "Unpacking" in entry.reading.toPlainText())
    page.search.setText("nothing like it")
    shown.until(page.empty.isVisible)
    press(shown, "Show all")
    assert page.search.text() == ""


def test_an_empty_history_says_what_will_be_here(show: Show) -> None:
    world = sample()
    world.workspace.entries = ()
    shown = show(world)
    shown.window.show_place("history")
    assert shown.window.history.empty.heading.text() == "Nothing was installed from here yet"
    assert not shown.window.history.search.isVisible()
