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


def main() -> int:
    """Look until that was often enough."""
    minute, looks = float(sys.argv[1]), int(sys.argv[2])
    vars(looking)["_MINUTE_MS"] = minute
    app, background, rooms = QCoreApplication([]), Background(), build()
    rooms.session.restore()
    rooms.workspace.open()
    one = Looking(rooms, background, app)
    told: list[Exception | None] = []

    def tell(problem: Exception | None) -> None:
        told.append(problem)
        print(json.dumps(_line(one, problem, len(rooms.workspace.view.rows), minute)), flush=True)
        if len(told) == looks:
            app.quit()

    # Once the next look has been set.
    one.found.connect(lambda view: QTimer.singleShot(0, lambda: tell(view.problem)))
    one.failed.connect(lambda error: QTimer.singleShot(0, lambda: tell(error)))
    one.look()
    app.exec()
    one.close()
    background.close()
    rooms.close()
    return 0


def _line(one: Looking, problem: Exception | None, rows: int, minute: float) -> dict[str, object]:
    (again,) = one.findChildren(QTimer)
    return {
        "problem": type(problem).__name__ if problem else "",
        "said": explain(problem) if problem else "",
        "rows": rows,
        "minutes": again.interval() / minute,
    }


if __name__ == "__main__":
    sys.exit(main())
