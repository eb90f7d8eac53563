# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Two monitors of different density, one of which is gone at the next start.

The window comes back on a monitor that is there, wholly on its free area, wherever the panel says that its
icon is.

Also shown by tests/ui/test_window_place.py::test_the_next_window_opens_where_the_last_one_was_closed.

Tried with monitors of Qt's own, not with those of a graphics card.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from connection_client.domain.window_place import WindowPlace
from connection_client.storage.window_place import WindowPlaceFile
from tests.faults.desks import FIRST_PAGE, client, looking
from tests.world.desktop import private_desktop
from tests.world.status_notifier import status_notifier_host

ROOT = Path(__file__).parents[2]
WIDTH, HEIGHT = 1280, 800  # of the screen of tests/world/desktop.py
LEFT = {"name": "left", "x": 0, "y": 0, "width": 1280, "height": 800, "logicalDpi": 96, "dpr": 1}
RIGHT = {"name": "right", "x": 1280, "y": 0, "width": 3840, "height": 2160, "logicalDpi": 192, "dpr": 2}
OPENING = """\
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from connection_client.storage.window_place import WindowPlaceFile
from connection_client.ui.background import Background
from connection_client.ui.desk import Desk
from connection_client.ui.window import Window
from tests.world.sample_rooms import sample
application = QApplication(["test", "-platform", "offscreen:configfile=" + sys.argv[1]])
rooms = sample().rooms
rooms.window_places = WindowPlaceFile(Path(sys.argv[2]))
background = Background()
window = Window(Desk(rooms, background))
window.show()
application.processEvents()
# Qt's own monitors draw a frame of 2 pixels around a window, and move it by that.
free = [screen.availableGeometry().adjusted(0, 0, 2, 2) for screen in application.screens()]
print(len(free), any(area.contains(window.geometry()) for area in free))
"""


@pytest.mark.parametrize("place", [(1500, 100, 900, 700), (4000, 1500, 900, 700), (-500, -50, 5000, 900)])
@pytest.mark.parametrize("monitors", [(LEFT, RIGHT), (LEFT,)], ids=["two", "one is gone"])
def test_it_is_seen_wholly(
    tmp_path: Path, monitors: tuple[dict[str, object], ...], place: tuple[int, int, int, int]
) -> None:
    described = tmp_path / "monitors.json"
    described.write_text(json.dumps({"screens": monitors}), "utf-8")
    WindowPlaceFile(tmp_path / "window.json").keep(WindowPlace(*place))
    words = [sys.executable, "-c", OPENING, str(described), str(tmp_path / "window.json")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout.split() == [str(len(monitors)), "True"]


@pytest.mark.parametrize("said", [(-5000, -5000), (100_000, 100_000), (0, 0)])
def test_where_the_panel_says_that_it_was_clicked_is_not_believed(
    tmp_path: Path, said: tuple[int, int]
) -> None:
    with private_desktop(tmp_path / "desktop", tray=False) as desktop:
        environment = desktop.environment
        with (
            status_notifier_host(environment["DBUS_SESSION_BUS_ADDRESS"]) as host,
            client(environment, tmp_path / "log", "--hidden"),
            looking(environment) as screen,
        ):
            host.wait_until_shown(60)
            host.activate(*said)
            screen.wait_for(FIRST_PAGE, "text", seconds=60)
            left, top, width, height = screen.extents(screen.wait_for("CONNECTION Client"))
            assert left >= 0
            assert top >= 0
            assert left + width <= WIDTH
            assert top + height <= HEIGHT
