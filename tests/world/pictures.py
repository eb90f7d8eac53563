# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`python -m tests.world.pictures FOLDER`: small pictures of the pages in every look, drawn without a screen.

The offscreen platform, fonts of Debian and a clock that was set (libfaketime) make them the same on every
machine and every day. With the folder `tests/ui/pictures` they become the references that the tests compare
with.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from connection_client.ui.window import Window

WIDTH, HEIGHT = 760, 560
_MOMENT = "@2026-11-24 16:00:00"  # a Tuesday; from there the clock runs on


@dataclass(frozen=True)
class Look:
    """How the pages are worn."""

    theme: str = "light"
    contrast: bool = False
    language: str = "en"
    scale: float = 1.0


LOOKS = {
    "light": Look(),
    "dark": Look("dark"),
    "contrast": Look("dark", contrast=True),
    "contrast-light": Look(contrast=True),
    "german": Look(language="de"),
    "arabic": Look(language="ar"),
    "double": Look(scale=2.0),
}
PLACES = ("applications", "updates", "history", "you", "help", "doctor", "settings", "sign-in")


def draw(folder: Path) -> None:
    """Draw all looks, each in a process of its own: fonts and scale belong to the whole program."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in LOOKS:
        program = [sys.executable, "-m", "tests.world.pictures", str(folder), name]
        command = ["faketime", "-f", _MOMENT, *program]
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": "1",
            "QT_FONT_DPI": "96",
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
        }
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)


def _take(folder: Path, name: str) -> None:
    from PySide6.QtWidgets import QApplication

    from connection_client.domain import language
    from connection_client.domain.wishes import NoWishes, Wishes
    from connection_client.ui.appearance import Appearance
    from connection_client.ui.language import wear_language
    from installers.translations import FOLDER
    from tests.world.sample_rooms import sample

    look = LOOKS[name]
    app = QApplication(["connection-client"])
    language.prepare(FOLDER, "en")
    language.choose(look.language)
    wear_language(app)
    wishes = NoWishes()
    wishes.now = Wishes(contrast=look.contrast, still=True)
    Appearance(app, look.theme, look.scale, wishes)
    _take_places(folder, name, look, sample().rooms)


def _show(window: Window, place: str) -> None:
    from connection_client.ui.screenshots import settle

    if place == "sign-in":
        window.pages.setCurrentWidget(window.sign_in)
    else:
        window.show_place(place)
    if place == "doctor":
        page: Any = window.pages.currentWidget()
        settle(page.again.isEnabled)
    focused = window.focusWidget()
    if focused is not None:
        focused.clearFocus()
    settle()


def _take_places(folder: Path, name: str, look: Look, rooms: object) -> None:
    from typing import cast

    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    from connection_client.ui.background import Background
    from connection_client.ui.desk import Desk
    from connection_client.ui.screenshots import settle
    from connection_client.ui.window import Window

    background = Background()
    desk = Desk(cast("Any", rooms), background)
    window = Window(desk)
    window.resize(round(WIDTH * look.scale), round(HEIGHT * look.scale))
    window.show()
    desk.start()
    settle(lambda: bool(desk.view.rows and desk.history) and not desk.refreshing)
    for place in PLACES:
        _show(window, place)
        # Few colours without a pattern between them, and the strongest compression, keep the files small.
        plain = Qt.ImageConversionFlag.AvoidDither | Qt.ImageConversionFlag.ThresholdDither
        image = window.grab().toImage().convertToFormat(QImage.Format.Format_Indexed8, plain)
        image.save(str(folder / f"{place}-{name}.png"), quality=0)
    desk.close()
    background.close()
    window.hide()


def main() -> int:
    """Draw all, or one look."""
    folder = Path(sys.argv[1])
    if len(sys.argv) > 2:
        _take(folder, sys.argv[2])
    else:
        draw(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
