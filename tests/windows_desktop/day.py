# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client on a Windows, and who sits before it."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

from tests.installers.windows_computer import TRAY
from tests.windows_desktop.machine import TASK_BAR, Machine, settings
from tests.world.center import Center
from tests.world.waiting import wait_until

NAME = "CONNECTION Client"
INK = "#1A8482"  # of the icon in the tray
_STARTS_WITHIN = 60.0


@dataclass(frozen=True)
class Day:
    """What everything happens with; pictures go to `out`."""

    machine: Machine
    center: Center
    setup: Path
    out: Path


@dataclass
class Person:
    """Somebody at the screen; `code` is how the client that `start` started ended, None while it runs."""

    day: Day
    code: int | None = None
    _started: threading.Thread | None = field(default=None, repr=False)

    @property
    def program(self) -> Path:
        """The tray's program, where the setup put it."""
        return self.day.machine.person / "AppData" / "Local" / "Programs" / NAME / TRAY

    def start(self, *words: str) -> None:
        """Start the client as the Start Menu does; its exit code is noted when it ends."""
        self.code = None
        computer = self.day.machine.computer
        asking = "import subprocess, sys; print('CODE', subprocess.run(sys.argv[1:]).returncode, flush=True)"
        program = computer.wine.windows_path(self.program)
        python = str(computer.python / "python.exe")
        process = computer.wine.start([python, "-c", asking, program, *words])

        def follow() -> None:
            for line in process.stdout or ():
                if line.startswith("CODE "):
                    self.code = int(line.split()[1])
            process.wait()

        self._started = threading.Thread(target=follow, daemon=True)
        self._started.start()

    def start_again(self, *words: str) -> None:
        """Another start beside the one that runs; it hands over its words and ends."""
        self.day.machine.computer.run(self.program, *words)

    def window(self, seconds: float = _STARTS_WITHIN) -> int:
        """The window, as soon as it is shown."""
        screen = self.day.machine.screen
        return wait_until(lambda: next(iter(screen.windows(NAME)), 0), seconds, "the window is not shown")

    def no_window(self) -> None:
        """It goes."""
        screen = self.day.machine.screen
        wait_until(lambda: not screen.windows(NAME), 20, "the window is still shown")

    def active_window(self) -> int:
        """The window, as soon as it has the keyboard."""
        window, machine = self.window(), self.day.machine
        wait_until(lambda: machine.in_front() == NAME, 20, "the window does not have the keyboard")
        return window

    def icon(self) -> tuple[int, int]:
        """Where the icon in the tray is, as soon as the task bar shows it."""
        screen = self.day.machine.screen
        return wait_until(lambda: screen.spot(INK, TASK_BAR), _STARTS_WITHIN, "no icon in the tray")

    def end(self) -> None:
        """The client ends, as a setup asks it to."""
        self.start_again("--quit")
        if self._started is not None:
            self._started.join(60)

    def set(self, **values: object) -> None:
        """Change settings of a client that does not run."""
        settings(self.day.machine, values)
