# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`python -m tests.world.repainting FOLDER`: a window that is always repainted, with the broker beside it.

Says "ready" once applications may ask; ends when its standard input does.
"""

import sys
import threading
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from connection_client.ui.background import Background
from connection_client.ui.desk import Desk as WindowDesk
from connection_client.ui.window import Window
from tests.world.broker import Desk, running_broker
from tests.world.sample_rooms import sample

FRAME_MS = 16


def main() -> int:
    """The whole window is drawn anew with each frame, as when it is resized or scrolled."""
    application = QApplication(["connection-client"])
    background = Background()
    desk = WindowDesk(sample().rooms, background)
    window = Window(desk)
    desk.start()
    window.show()
    frames = QTimer(interval=FRAME_MS)  # through the event loop, as Qt itself draws
    frames.timeout.connect(window.update)
    frames.start()
    threading.Thread(target=lambda: (sys.stdin.read(), application.exit()), daemon=True).start()
    with running_broker(Path(sys.argv[1]), Desk()):
        print("ready", flush=True)
        application.exec()
    desk.close()
    background.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
