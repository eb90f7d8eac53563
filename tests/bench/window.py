# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""From the click to the painted window, frames of a long list, and how long the main thread is ever away."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.figures import Figure
from tests.world.desktop import private_desktop

CLICK_MS, FRAME_MS, AWAY_MS = 120.0, 32.0, 50.0
ROUNDS = 5


def measure() -> list[Figure]:
    """The first window of the process counts: what is read once is part of it. Blocks are told on stderr."""
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as name,
        private_desktop(Path(name) / "desktop", tray=False) as desktop,
    ):
        command = [sys.executable, "-m", "tests.bench._window_program", str(ROUNDS)]
        done = subprocess.run(
            command, env=dict(desktop.environment), stdout=subprocess.PIPE, text=True, check=True
        )
    told = json.loads(done.stdout.splitlines()[-1])
    allowed = "what is allowed"
    return [
        Figure("window: click to painted, 500", told["first"][0], CLICK_MS, "ms", allowed, 1.0),
        Figure("window: slowest frame, 10,000", max(told["frames"]), FRAME_MS, "ms", allowed, 1.0),
        Figure("window: main thread away", told["longest"], AWAY_MS, "ms", allowed, 1.0),
    ]
