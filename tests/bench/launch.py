# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""How long after the click the application's own code runs, beyond a bare subprocess."""

import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from connection_client.domain.installed import LaunchTarget
from connection_client.system.linux_launch import LinuxPrograms
from tests.bench.figures import Figure
from tests.world.waiting import wait_until

RUNS = 20
LIMIT_MS = 30.0  # beyond a bare subprocess.Popen


def measure() -> list[Figure]:
    """The figure of the launcher."""
    with TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        program = folder / "program"
        program.write_text(f"#!/bin/sh\ndate +%s%N >{folder}/new && mv {folder}/new {folder}/started\n")
        program.chmod(0o755)
        programs = LinuxPrograms(folder / "logs")
        bare = _median(folder, lambda: subprocess.run([str(program)], check=True))
        ours = _median(folder, lambda: programs.start("Program", LaunchTarget((str(program),)), ()))
    return [
        Figure("launch: click to program", ours, bare, "ms", "a bare subprocess"),
        Figure(
            "launch: added by the launcher", max(ours - bare, 0.0), LIMIT_MS, "ms", "what is allowed", 1.0
        ),
    ]


def _median(folder: Path, start: Callable[[], object]) -> float:
    taken: list[float] = []
    for _ in range(RUNS):
        before = time.time_ns()
        start()
        text = wait_until(lambda: _text(folder / "started"), 5, "the program did not start")
        (folder / "started").unlink()
        taken.append((int(text) - before) / 1e6)
    return statistics.median(taken)


def _text(file: Path) -> str:
    return file.read_text() if file.exists() else ""
