# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Run by the benchmark `window` on a desktop of its own: prints its figures as JSON.

`first`: from the click to the painted window; `frames`: each frame of a long scroll; `longest`: the longest
time that the main thread was away while a person goes everywhere; all in milliseconds.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication, QWidget

from connection_client.ui.appearance import Appearance
from connection_client.ui.background import Background
from connection_client.ui.desk import Desk
from connection_client.ui.home import Home
from connection_client.ui.tray import Tray
from connection_client.ui.window import Window
from connection_client.workspace.view import Row
from tests.world.sample_products import installed, licensed, recommended, sample_rows
from tests.world.sample_rooms import SIGNED_IN, sample
from tests.world.watchdog import Watchdog

LISTED, LONG = 500, 10_000
_SCROLL_STEPS, _PIXELS = 400, 190


class Painted(QObject):
    """Whether a widget was painted since it was asked to watch."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.seen = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if event.type() == QEvent.Type.Paint:
            self.seen = True
        return super().eventFilter(watched, event)


def rows(count: int) -> tuple[Row, ...]:
    """So many applications, a third of them with an update."""
    known = [row.recommendation.product for row in sample_rows() if row.recommendation]
    made = []
    for number in range(count):
        product, name = known[number % len(known)], f"application-{number:05}"
        here = installed(name, "10.1.0.12")
        offered = recommended(product, here) if number % 3 == 0 else None
        made.append(Row(name, f"Application {number:05} SES", here, offered, licensed(name)))
    return tuple(made)


def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    """Let the event loop run until it holds."""
    ends = time.monotonic() + seconds
    while not holds() and time.monotonic() < ends:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)


def first_window(app: QApplication) -> float:
    """The click on the icon comes while the client waits hidden, with its list known."""
    world, background, tray = sample(SIGNED_IN, rows(LISTED)), Background(), Tray()
    home = Home(app, world.rooms, background, tray)
    until(lambda: bool(home.desk.history) and not home.desk.refreshing)
    began = time.perf_counter()
    home.open_window()
    painted = Painted(home.window.applications.list.viewport())
    until(lambda: painted.seen)
    taken = (time.perf_counter() - began) * 1000
    home.close()
    tray.close()
    background.close()
    return taken


@contextmanager
def opened(count: int) -> Iterator[tuple[Window, Desk]]:
    """A window that shows so many applications and has come to rest."""
    background = Background()
    desk = Desk(sample(SIGNED_IN, rows(count)).rooms, background)
    window = Window(desk)
    window.show()
    desk.start()
    until(lambda: len(desk.view.rows) == count and bool(desk.history) and not desk.refreshing)
    until(lambda: False, 1.0)
    yield window, desk
    desk.close()
    background.close()
    window.hide()


def scrolled(window: Window) -> list[float]:
    """Every frame of a scroll through the whole list, from the wheel to the painted list."""
    bar, port = window.applications.list.verticalScrollBar(), window.applications.list.viewport()
    frames = []
    for number in range(_SCROLL_STEPS):
        began = time.perf_counter()
        bar.setValue(bar.value() + (_PIXELS if number % 40 else bar.maximum() // 12))
        port.repaint()
        QCoreApplication.processEvents()
        frames.append((time.perf_counter() - began) * 1000)
    return frames


def walked(window: Window, desk: Desk) -> Watchdog:
    """Everywhere that a person goes, and a look and an installation beside it."""
    with Watchdog() as dog:
        for place in ("updates", "you", "help", "settings", "history", "request", "doctor", "applications"):
            window.show_place(place)
            until(lambda: False, 0.15)
        for text in ("a", "ap", "application 09", ""):
            window.applications.search.setText(text)
            until(lambda: False, 0.1)
        desk.refresh()
        desk.operations.start("application-00000")
        until(lambda: not desk.operations.under_way, 5)
        window.applications.list.toggle("application-00003")
        until(lambda: False, 0.15)
    return dog


def main() -> int:
    """Measure in one process, as one client would."""
    app = QApplication(["connection-client"])
    app.setQuitOnLastWindowClosed(False)
    Appearance(app, "light", 1.0)
    first = [first_window(app) for _ in range(int(sys.argv[1]))]
    with opened(LONG) as (window, _desk):
        frames = scrolled(window)
    with opened(LISTED) as (window, desk):
        dog = walked(window, desk)
    for block in dog.blocks:
        print(f"{block.milliseconds:.0f} ms away:\n{block.where}", file=sys.stderr)
    print(json.dumps({"first": first, "frames": frames, "longest": dog.longest}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
