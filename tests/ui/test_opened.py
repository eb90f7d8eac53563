# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What macOS opens with the client: Qt's own events, sent by hand, as no Mac is here to send them."""

import subprocess
import sys

PROGRAM = """
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from connection_client.ui.opened import OpeningApplication

app, heard = OpeningApplication(["client"]), []
app.opened.connect(heard.append)
app.sendEvent(app, QFileOpenEvent(QUrl("connection-client:open?product=survey-viewer")))
assert heard == []
app.listen()
app.sendEvent(app, QFileOpenEvent("/Users/ada/Downloads/survey viewer.pkg"))
print(heard)
"""


def test_links_and_files_are_told_in_their_order() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(
        [("connection-client:open?product=survey-viewer",), ("/Users/ada/Downloads/survey viewer.pkg",)]
    )
