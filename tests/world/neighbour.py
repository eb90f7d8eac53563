# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A program of somebody else with a window: `python -m tests.world.neighbour APP_ID TITLE`.

Each line that it reads is a link that a person clicks in its window: Qt asks the compositor for a token and
hands both to the first `xdg-open` of the search path, as a desktop's own programs do.
"""

import sys

from PySide6.QtCore import QSocketNotifier, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel


def main(app_id: str, title: str) -> int:
    """Show the window until the program is ended or its window closed."""
    app = QApplication(sys.argv[:1])
    app.setDesktopFileName(app_id)
    window = QLabel(title)
    window.setWindowTitle(title)
    window.resize(320, 200)
    window.show()
    clicks = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    clicks.activated.connect(lambda: _follow(clicks))
    return app.exec()


def _follow(clicks: QSocketNotifier) -> None:
    line = sys.stdin.readline()
    if line:
        QDesktopServices.openUrl(QUrl(line.strip()))
    else:
        clicks.setEnabled(False)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
