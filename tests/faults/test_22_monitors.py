# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Two monitors of different density, one of which is gone at the next start.

The window comes back on a monitor that is there, wholly on its free area.

Tried with monitors of Qt's own, not with those of a graphics card.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LEFT = {"name": "left", "x": 0, "y": 0, "width": 1280, "height": 800, "logicalDpi": 96, "dpr": 1}
RIGHT = {"name": "right", "x": 1280, "y": 0, "width": 3840, "height": 2160, "logicalDpi": 192, "dpr": 2}
OPENING = """\
import sys
from PySide6.QtWidgets import QApplication, QWidget
from connection_client.domain.window_place import WindowPlace
from connection_client.ui.placement import put
application = QApplication(["test", "-platform", "offscreen:configfile=" + sys.argv[1]])
window = QWidget()
put(window, WindowPlace(*map(int, sys.argv[2:6])))
window.show()
application.processEvents()
# Qt's own monitors draw a frame of 2 pixels around a window, and move it by that.
free = [screen.availableGeometry().adjusted(0, 0, 2, 2) for screen in application.screens()]
print(len(free), any(area.contains(window.geometry()) for area in free))
"""


@pytest.mark.parametrize("place", [(1500, 100, 900, 700), (4000, 1500, 900, 700), (-500, -50, 5000, 900)])
@pytest.mark.parametrize("monitors", [(LEFT, RIGHT), (LEFT,)], ids=["two", "one is gone"])
def test_it_is_seen_wholly(
    tmp_path: Path, monitors: tuple[dict[str, object], ...], place: tuple[int, ...]
) -> None:
    described = tmp_path / "monitors.json"
    described.write_text(json.dumps({"screens": monitors}), "utf-8")
    words = [sys.executable, "-c", OPENING, str(described), *(str(number) for number in place)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout.split() == [str(len(monitors)), "True"]
