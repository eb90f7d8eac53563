# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""From `exec` to the icon in the tray host, beside a bare PySide6 tray in the same run."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.bench.figures import Figure
from tests.world.desktop import private_desktop
from tests.world.processes import end, start
from tests.world.status_notifier import status_notifier_host

ROUNDS = 12
BARE_TRAY = """
import sys
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
application = QApplication(sys.argv)
application.setQuitOnLastWindowClosed(False)
picture = QPixmap(22, 22)
picture.fill("teal")
tray = QSystemTrayIcon(QIcon(picture))
tray.show()
application.exec()
"""


def measure() -> list[Figure]:
    """Medians of interleaved rounds, so that a busy moment meets both alike."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        bare = folder / "bare_tray.py"
        bare.write_text(BARE_TRAY)
        commands = {
            "bare": [sys.executable, str(bare)],
            "client": [sys.executable, "-m", "connection_client", "--hidden"],
        }
        with private_desktop(folder / "desktop", tray=False) as desktop:
            # Both run from compiled modules, as an installed program does.
            environment = {**desktop.environment, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
            times: dict[str, list[float]] = {"bare": [], "client": []}
            for _ in range(ROUNDS + 1):
                for who, command in commands.items():
                    times[who].append(time_to_icon(command, environment, folder / f"{who}.log"))
    medians = {who: statistics.median(values[1:]) * 1000 for who, values in times.items()}
    return [
        Figure("start: time to icon", medians["client"], medians["bare"], "ms", "a bare PySide6 tray", 1.25)
    ]


def time_to_icon(command: Sequence[str], environment: Mapping[str, str], log: Path) -> float:
    """Seconds until the program has registered an icon."""
    with status_notifier_host(environment["DBUS_SESSION_BUS_ADDRESS"]) as host:
        began = time.monotonic()
        process: subprocess.Popen[bytes] = start(command, environment, log)
        try:
            host.wait_for_icon()
            return host.registered_at[0] - began
        finally:
            end(process)
