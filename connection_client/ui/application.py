# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Starts the program's face: the icon at once, everything heavy on a worker, then the window."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from connection_client.ui.tray import Tray

if sys.platform == "darwin":
    from connection_client.ui.opened import OpeningApplication
if TYPE_CHECKING:
    from connection_client.ui.background import Background
    from connection_client.ui.home import Home
    from connection_client.ui.signals import QuitSignals
    from connection_client.workspace.rooms import Rooms

_HOST_MAY_TAKE_MS = 8000  # at login the panel often comes after its icons
_ICON_MAY_TAKE_MS = 150
_CLOSING_MAY_TAKE_SECONDS = 3.0
_ACTIVATION_TOKEN = "--activation-token="  # noqa: S105  # of a desktop, for one window


class Activations(Protocol):
    """Tells of further starts of the program, on any thread."""

    def listen(self, callback: Callable[[tuple[str, ...]], None]) -> None:
        """Call `callback` with the arguments of each further start."""
        ...


def run(
    load: Callable[[], Rooms],
    *,
    hidden: bool,
    activations: Activations | None = None,
    arguments: tuple[str, ...] = (),
) -> int:
    """Show the icon, load the services on a worker, open the window unless `hidden`; gives the exit code.

    `arguments` are the package files and links of this start; further starts tell theirs by `activations`.
    """
    app = _application()
    app.setApplicationName("connection-client")
    app.setApplicationDisplayName("CONNECTION Client")
    app.setDesktopFileName("connection-client")
    app.setQuitOnLastWindowClosed(False)
    program = Program(app, load, hidden=hidden, activations=activations, arguments=arguments)
    if sys.platform == "darwin" and isinstance(app, OpeningApplication):
        app.opened.connect(program.activate)
        app.listen()
    code = app.exec()
    program.close()
    _take_down(app, program)
    return code


def _take_down(app: QApplication, program: Program) -> None:
    """Everything of Qt goes here, users before what they use.

    The end of the interpreter would do it in the order of addresses, while other threads still run Python.
    """
    from shiboken6 import delete, isValid

    menu = program.tray.menu
    windows = [one for one in app.topLevelWidgets() if one is not menu and one.parent() is None]
    for one in (*windows, program.home, program, menu):
        if one is not None and isValid(one):
            delete(one)
    app.shutdown()


def _application() -> QApplication:
    if sys.platform == "darwin":
        return OpeningApplication(sys.argv[:1])
    return QApplication(sys.argv[:1])


class Program(QObject):
    """From the first icon to the last: what the person asked for before the services were there is kept."""

    def __init__(
        self,
        app: QApplication,
        load: Callable[[], Rooms],
        *,
        hidden: bool,
        activations: Activations | None = None,
        arguments: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self._app = app
        self._load = load
        self._hidden = hidden
        self._activations = activations
        self._wanted: list[tuple[str, ...]] = [] if hidden and not arguments else [arguments]
        self._rooms: Rooms | None = None
        self.home: Home | None = None
        self._background: Background | None = None
        self._signals: QuitSignals | None = None
        self.tray = Tray(self)
        self.tray.open_wanted.connect(self.activate)
        self.tray.quit_wanted.connect(app.quit)
        # What is read meanwhile would keep the panel waiting for the picture; a person who waits comes first.
        QTimer.singleShot(_ICON_MAY_TAKE_MS if hidden and not arguments else 0, self, self._start_loading)

    def _start_loading(self) -> None:
        # The icon stands; what is read from here on keeps nobody waiting for it.
        from connection_client.ui.background import Background
        from connection_client.ui.signals import QuitSignals

        self._background = background = Background(self)
        self._signals = QuitSignals(self._app.quit, self)
        if self._activations is not None:
            self._activations.listen(lambda arguments: background.post(self.activate, arguments))
        background.run(self._load_all, lambda rooms: self._on_loaded(rooms, background), self._on_not_loaded)

    def activate(self, arguments: tuple[str, ...] = ()) -> None:
        """Bring the window up; a package file among the arguments is examined; `--quit` ends the program.

        `--hidden` shows nothing: a session begins, or an application asked while this was still starting.
        """
        if "--quit" in arguments:
            self._app.quit()
            return
        if "--hidden" in arguments and all(word.startswith("-") for word in arguments):
            return
        if self.home is None:
            self._wanted.append(arguments)
            return
        for word in arguments:
            if word.startswith(_ACTIVATION_TOKEN):  # Qt takes it from here for the window that comes up next
                os.environ["XDG_ACTIVATION_TOKEN"] = word.removeprefix(_ACTIVATION_TOKEN)
        self.home.open_window()
        from connection_client.domain.links import is_link  # read after the icon

        for link in filter(is_link, arguments):
            self.home.asking.open_link(link)
        for path in map(Path, arguments):
            if path.is_absolute() and path.suffix:
                self.home.window.examine(path)

    def close(self) -> None:
        """End: late answers are dropped, and a service that hangs does not keep the program."""
        self.tray.close()
        if self.home is not None:
            self.home.close()
        if self._background is not None:
            self._background.close()
        if self._signals is not None:
            self._signals.close()
        if self._rooms is not None:
            closing = threading.Thread(target=self._rooms.close, daemon=True, name="closing")
            closing.start()
            closing.join(_CLOSING_MAY_TAKE_SECONDS)

    def _load_all(self) -> Rooms:
        rooms = self._load()
        rooms.wishes.read()  # before the first window: it would change its dress before the person's eyes
        # The modules of the window are read here, where nobody waits for it.
        import_module("connection_client.ui.home")
        return rooms

    def _on_loaded(self, rooms: Rooms, background: Background) -> None:
        self._speak()
        from connection_client.ui.home import Home  # read after the icon, on the worker

        self._rooms = rooms
        self.home = Home(self._app, rooms, background, self.tray)
        self.tray.meet_host()
        self.tray.open_wanted.disconnect(self.activate)
        self.tray.open_wanted.connect(self.home.open_window)
        for arguments in self._wanted:
            self.activate(arguments)
        if self._hidden:
            QTimer.singleShot(_HOST_MAY_TAKE_MS, self, self.home.open_without_host)

    def _speak(self) -> None:
        """The language became known with the services: the icon was there before them."""
        from connection_client.ui.language import wear_language  # read after the icon

        wear_language(self._app)
        self.tray.retranslate()

    def _on_not_loaded(self, error: Exception) -> None:
        self._speak()
        import logging  # only when it is needed

        from connection_client.ui.failure import Failure

        logging.getLogger(__name__).error("the services could not be loaded: %r", error)
        self._failure = Failure(self._app, error, self._app.quit)
        self._failure.show()
