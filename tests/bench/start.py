# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""From `exec` to the icon in the tray host, beside a bare PySide6 tray in the same run."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.figures import Figure, Row
from tests.world.desktop import private_desktop
from tests.world.processes import running
from tests.world.status_notifier import status_notifier_host

PROJECT = Path(__file__).parents[2]
CLIENT = [sys.executable, "-m", "connection_client", "--hidden"]
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


@dataclass(frozen=True)
class Waiting:
    """A program in the tray, and the seconds that it took to get there."""

    pid: int
    seconds: float


def measure() -> list[Row]:
    """Medians of interleaved rounds, so that a busy moment meets both alike."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        commands = {"bare": bare_tray(folder), "client": CLIENT}
        with private_desktop(folder / "desktop", tray=False) as desktop:
            compile_client()
            times: dict[str, list[float]] = {"bare": [], "client": []}
            for _ in range(ROUNDS + 1):
                for who, command in commands.items():
                    times[who].append(time_to_icon(command, desktop.environment, folder / f"{who}.log"))
    medians = {who: statistics.median(values[1:]) * 1000 for who, values in times.items()}
    return [
        Figure("start: time to icon", medians["client"], medians["bare"], "ms", "a bare PySide6 tray", 1.15)
    ]


def bare_tray(folder: Path) -> list[str]:
    """The command of a program that is nothing but an icon, written into the folder."""
    program = folder / "bare_tray.py"
    program.write_text(BARE_TRAY)
    return [sys.executable, str(program)]


def compile_client() -> None:
    """A program that is installed runs from compiled modules; so does the one from source, from here on."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(PROJECT / "connection_client")], check=True)


def time_to_icon(command: Sequence[str], environment: Mapping[str, str], log: Path) -> float:
    """Seconds until the tray host has all of an icon that a panel paints."""
    with waiting_in_tray(command, environment, log) as waiting:
        return waiting.seconds


@contextmanager
def waiting_in_tray(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Iterator[Waiting]:
    """A program that runs as long as the block does, once a tray host of its own shows its icon."""
    with status_notifier_host(environment["DBUS_SESSION_BUS_ADDRESS"]) as host:
        began = time.monotonic()
        with running(command, environment, log) as process:
            host.wait_until_shown()
            yield Waiting(process.pid, host.shown_at[0] - began)
