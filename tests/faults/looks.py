# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`python -m tests.faults.looks MINUTE_MS LOOKS`: a client that looks by itself, a line of JSON for each.

All its rooms are the real ones of this user's folders. A minute lasts MINUTE_MS; it ends after so many looks.
Each line says what kept the look from its end or from being newer, how many applications are listed, and in
how many of its minutes the next look comes.
"""

import json
import sys

from PySide6.QtCore import QCoreApplication, QTimer

from connection_client.bootstrap.rooms import build
from connection_client.domain.texts import explain
from connection_client.ui import looking
from connection_client.ui.background import Background
from connection_client.ui.looking import Looking
from connection_client.workspace.view import View


def main() -> int:
    """Look until that was often enough."""
    minute, looks = float(sys.argv[1]), int(sys.argv[2])
    vars(looking)["_MINUTE_MS"] = minute
    app, background, rooms = QCoreApplication([]), Background(), build()
    rooms.session.restore()
    rooms.workspace.open()
    one = Looking(rooms, background, app)
    done = 0

    def tell(problem: Exception | None) -> None:
        nonlocal done
        done += 1
        (again,) = one.findChildren(QTimer)
        rows = len(rooms.workspace.view.rows)
        told = {
            "problem": type(problem).__name__ if problem else "",
            "said": explain(problem) if problem else "",
            "rows": rows,
            "minutes": again.interval() / minute,
        }
        print(json.dumps(told), flush=True)
        if done == looks:
            app.quit()

    def found(view: View) -> None:
        QTimer.singleShot(0, lambda: tell(view.problem))  # when the next look has been set

    one.found.connect(found)
    one.failed.connect(lambda error: QTimer.singleShot(0, lambda: tell(error)))
    one.look()
    app.exec()
    one.close()
    background.close()
    rooms.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
