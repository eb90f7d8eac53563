# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`./run screenshots DIR`: the client's pages in four languages, and the Center's, light and dark."""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.world.desktop import private_desktop

LANGUAGES = ("en", "de", "ar", "ja")  # long words, right to left, other characters
SCREEN = "1600x1200x24"
_INSIDE = "--inside"


def main() -> int:
    """The client's pages are taken by a process inside a desktop of its own."""
    parser = argparse.ArgumentParser(prog="./run screenshots", description=__doc__)
    parser.add_argument("folder", metavar="DIR", type=Path)
    parser.add_argument(_INSIDE, action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    folder = chosen.folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    if chosen.inside:
        return take(folder)
    with (
        tempfile.TemporaryDirectory(prefix="pictures-") as scratch,
        private_desktop(Path(scratch) / "desktop", screen=SCREEN) as desktop,
    ):
        again = [sys.executable, "-m", "tests.screenshots", str(folder), _INSIDE]
        done = subprocess.run(again, env={**os.environ, **desktop.environment}, check=False)
    if done.returncode == 0:
        from demonstration.center_pages import take_center_pictures

        take_center_pictures(folder / "center")
    print(f"{len(list(folder.rglob('*.png')))} pictures are in {folder}.")
    return done.returncode


def take(folder: Path) -> int:
    """Take the client's pictures on this desktop, with sample data."""
    from PySide6.QtWidgets import QApplication

    from connection_client.domain import language
    from connection_client.ui.language import wear_language
    from connection_client.ui.screenshots import take_pictures
    from installers.translations import FOLDER, compile_all
    from tests.world.sample_icons import sample_icon
    from tests.world.sample_rooms import sample

    compile_all(FOLDER)
    language.prepare(FOLDER, "en")
    app = QApplication(["connection-client"])
    for code in LANGUAGES:
        language.choose(code)
        wear_language(app)
        world = sample()
        world.icons = sample_icon
        take_pictures(folder if code == "en" else folder / code, world.rooms)
    return 0


if __name__ == "__main__":
    sys.exit(main())
