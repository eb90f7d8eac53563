# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The windows on a real X server with a window manager and a message bus of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from connection_client.ui.appearance import Appearance
from connection_client.ui.background import Background
from connection_client.ui.desk import Desk
from connection_client.ui.widgets.row import Row as RowWidget
from connection_client.ui.window import Window
from tests.world.desktop import Desktop, private_desktop
from tests.world.sample_rooms import SIGNED_IN, Sample, sample

_TAKEN = ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "HOME", "XDG_SESSION_TYPE")


@pytest.fixture(scope="session")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    """One desktop for all these tests; this process is on it too."""
    with private_desktop(tmp_path_factory.mktemp("desktop"), tray=False, key_store=False) as made:
        before = {name: os.environ.get(name) for name in _TAKEN}
        os.environ.update({name: made.environment[name] for name in _TAKEN if name in made.environment})
        yield made
        # pytest-qt looks for events once more, and Qt ends the process where its X server has gone.
        if (app := QApplication.instance()) is not None:
            app.shutdown()
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """The application class of pytest-qt."""
    return QApplication


@pytest.fixture(scope="session")
def qapp(
    desktop: Desktop, qapp_args: list[str], qapp_cls: type[QApplication], pytestconfig: pytest.Config
) -> QApplication:
    """pytest-qt's application, created on the private desktop and dressed as the real one is."""
    app = qapp_cls(["connection-client-test", "-platform", "xcb"])
    app.setQuitOnLastWindowClosed(False)
    Appearance(app, "light", 1.0)
    return app


@dataclass
class Shown:
    """A window over a sample world, with the hands of a person."""

    world: Sample
    desk: Desk
    window: Window
    bot: QtBot

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for it, five seconds at most."""
        self.bot.waitUntil(holds, timeout=15_000)

    def row(self, name: str) -> RowWidget:
        """The visible row of the application of that name."""
        page = self.window.pages.currentWidget()
        rows = [
            row
            for row in page.findChildren(RowWidget)
            if row.isVisible() and row.face and row.face.name == name
        ]
        assert rows, f"no row {name} on {page.accessibleName()}"
        return rows[0]

    def state(self, name: str) -> str:
        """What the row says."""
        face = self.row(name).face
        assert face is not None
        return face.state


Show = Callable[..., Shown]


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    """Open a window over a sample world, `show(world)`."""
    made: list[Shown] = []

    def open_window(world: Sample | None = None, *, attended: bool = True) -> Shown:
        world = world or sample(SIGNED_IN)
        background = Background()
        desk = Desk(world.rooms, background)
        desk.attended = lambda: attended
        window = Window(desk)
        window.show()
        qtbot.waitExposed(window)
        desk.start()
        shown = Shown(world, desk, window, qtbot)
        shown.until(lambda: not desk.refreshing and bool(desk.history or not world.workspace.entries))
        made.append(shown)
        return shown

    yield open_window
    for shown in made:
        for attempt in shown.world.sign_in.attempts:
            attempt.cancel()
        shown.world.workspace.stepwise = False
        for _ in range(50):
            shown.world.workspace.go_on.release()
        shown.desk.close()
        shown.desk.background.close()
        shown.window.hide()
        shown.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def named(parent: QWidget, name: str) -> QWidget:
    """The visible control with that accessible name."""
    found = [
        child
        for child in parent.findChildren(QWidget)
        if child.isVisible() and child.accessibleName() == name
    ]
    assert found, f"no control {name}"
    return found[0]
