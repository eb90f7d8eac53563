# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Pictures of every place, light and dark, of whatever the services hold."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QApplication

from connection_client.ui.appearance import Appearance
from connection_client.ui.background import Background
from connection_client.ui.desk import Desk
from connection_client.ui.pages.diagnostics import DiagnosticsPage
from connection_client.ui.pages.doctor import DoctorPage
from connection_client.ui.window import Window

if TYPE_CHECKING:
    from connection_client.workspace.rooms import Rooms

PLACES = (
    "applications",
    "updates",
    "history",
    "you",
    "help",
    "doctor",
    "diagnostics",
    "request",
    "settings",
)
_SETTLE_SECONDS = 10.0


def take_pictures(
    folder: Path, rooms: Rooms, *, themes: tuple[str, ...] = ("light", "dark")
) -> tuple[Path, ...]:
    """Write `PLACE-THEME.png` for each place, and the details of the first application; gives the files."""
    app = QApplication.instance() or QApplication(["connection-client"])
    assert isinstance(app, QApplication)  # noqa: S101  # there is never a lesser one beside us
    folder.mkdir(parents=True, exist_ok=True)
    background = Background()
    appearance = Appearance(app, themes[0])
    desk = Desk(rooms, background)
    window = Window(desk)
    window.show()
    desk.start()
    settle(lambda: bool(desk.view.rows) and not desk.refreshing)
    files: list[Path] = []
    for theme in themes:
        appearance.wear(theme)
        for place in PLACES:
            window.show_place(place)
            settle(lambda: _has_come_to_rest(window))
            files.append(picture(window, folder / f"{place}-{theme}.png"))
        files.append(_opened(window, folder / f"details-{theme}.png"))
        files.extend(_cards(window, folder, theme))
    desk.close()
    background.close()
    window.hide()
    window.deleteLater()
    return tuple(files)


def _has_come_to_rest(window: Window) -> bool:
    """Whether a page that looks around has found what there is to find."""
    page = window.pages.currentWidget()
    if isinstance(page, DoctorPage):
        return page.again.isEnabled()
    return not isinstance(page, DiagnosticsPage) or bool(page.parts)


def settle(until: Callable[[], bool] = lambda: True, seconds: float = _SETTLE_SECONDS) -> None:
    """Let the event loop run until it holds; a picture is taken whatever comes."""
    ends = time.monotonic() + seconds
    while True:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if until() or time.monotonic() > ends:
            break
    QCoreApplication.sendPostedEvents()
    QCoreApplication.processEvents()


def picture(window: Window, file: Path) -> Path:
    """The window as it is now, without the ring around what has the focus."""
    focused = window.focusWidget()
    if focused is not None:
        focused.clearFocus()
    settle(lambda: window.desk.icons.at_rest)
    window.grab().save(str(file))
    return file


def _opened(window: Window, file: Path) -> Path:
    window.show_place("applications")
    listed = window.applications.list
    first = next((row.product_id for row in window.desk.updates), "")
    if first and listed.open_key != first:
        listed.toggle(first)
    picture(window, file)
    if first:
        listed.toggle(first)
    return file


def _cards(window: Window, folder: Path, theme: str) -> list[Path]:
    files = []
    for name, card in (("sign-in", window.sign_in), ("password", window.password)):
        window.pages.setCurrentWidget(card)
        for index in range(card.stack.count()):
            card.stack.setCurrentIndex(index)
            files.append(picture(window, folder / f"{name}-{index + 1}-{theme}.png"))
        card.stack.setCurrentIndex(0)
    return files
