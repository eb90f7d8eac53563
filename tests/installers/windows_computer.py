# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A Windows of its own under Wine, on which setups are tried."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from installers import windows_python, wine
from installers.build import ROOT
from tests.world.processes import announcing

TRAY, CONSOLE = "CONNECTION Client.exe", "connection-client.exe"


@dataclass(frozen=True)
class Computer:
    """A Windows of its own."""

    wine: wine.Wine
    python: Path

    def run(self, program: Path | str, *words: str) -> str:
        return self.wine.run([str(program), *words], 180)

    def look(self) -> Mapping[str, Any]:
        """What is registered and what runs."""
        said = self.run(self.python / "python.exe", "-X", "utf8", "-m", "tests.windows.look")
        line = next(line for line in said.splitlines() if line.startswith("LOOK "))
        found: Mapping[str, Any] = json.loads(line.removeprefix("LOOK "))
        return found

    def code(self, program: Path, *words: str) -> int:
        """The exit code of a program, as Windows tells it to the program that started it."""
        asking = "import subprocess, sys; print('CODE', subprocess.run(sys.argv[1:]).returncode)"
        said = self.run(self.python / "python.exe", "-c", asking, self.wine.windows_path(program), *words)
        return int(next(line for line in said.splitlines() if line.startswith("CODE ")).split()[1])

    def answers(self) -> bool:
        """Whether the client in the tray is there and answers applications."""
        program = "from connection_client import sdk; print(sdk.status(timeout=5).state)"
        return "signed-out" in self.run(self.python / "python.exe", "-X", "utf8", "-c", program)

    def runs_client(self) -> bool:
        """Whether the program of the tray runs; unlike `answers`, this starts none."""
        return any(program.endswith(TRAY) for program in self.look()["running"])

    def folder(self, place: str) -> Path:
        """A folder of drive C: by its Windows name without the drive."""
        return self.wine.drive_c.joinpath(*place.split("\\"))


@dataclass(frozen=True)
class Versions:
    """What installs the version of today, and an older one that brings a file which today's has not."""

    new: Path
    old: Path
    version: str


OLDER = "0.0.9"


@contextmanager
def stale_file(bundle: Path) -> Iterator[None]:
    """Only an older version has it; an upgrade takes it away."""
    stale = bundle / "_internal" / "stale.txt"
    stale.write_text("only in the older version")
    try:
        yield
    finally:
        stale.unlink()


@contextmanager
def windows_computer(folder: Path) -> Iterator[Computer]:
    """A new computer; everything that ran on it has ended afterwards."""
    python = windows_python.prepare(ROOT)
    xvfb = ["Xvfb", "-displayfd", "{fd}", "-nolisten", "tcp"]
    with announcing(xvfb, {"PATH": "/usr/bin:/bin"}, folder / "xvfb.log") as (_, number):
        windows = wine.Wine(folder / "wine", f":{number}")
        windows.prepare()
        computer = Computer(windows, python)
        # Wine before 10 cannot show Qt's windows and drops QT_* from its own environment.
        environment = ("/v", "QT_QPA_PLATFORM", "/d", "offscreen", "/f")
        computer.run("reg", "add", r"HKCU\Environment", *environment)
        yield computer
        windows.end()


@contextmanager
def started(computer: Computer, program: Path, *words: str) -> Iterator["subprocess.Popen[str]"]:
    """A program that runs on; it does not outlive a failure."""
    with computer.wine.start([str(program), *words]) as process:
        try:
            yield process
        except BaseException:
            process.kill()
            raise


@contextmanager
def held_open(computer: Computer, file: Path) -> Iterator[None]:
    """Somebody uses the file, as a client of another session does."""
    holding = (
        "import sys; from pathlib import Path; from connection_client.system.windows_locked_file import *\n"
        "with open_locked(Path(sys.argv[1])): print('held', flush=True); sys.stdin.readline()"
    )
    python = str(computer.python / "python.exe")
    command = [python, "-c", holding, computer.wine.windows_path(file)]
    with computer.wine.start(command, takes_input=True) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline().strip() == "held"
        yield
        holder.stdin.write("\n")
        holder.stdin.close()
        holder.wait(30)
