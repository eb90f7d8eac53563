# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The demonstration for a person with a display: Center and client run until Ctrl+C."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

from demonstration.stage import PACKAGES, ROOT, build_packages, preset_client
from tests.world.center import running_center

_WELCOME = """
CONNECT Center: {address}
Mails:          {mails}
Sign in to the Center as {administrator} with the password {password}, register yourself, and read your mail.
The client's icon is in your tray; its window is open. Everything ends with Ctrl+C.
"""


def attend() -> int:
    """Start the Center and the client from the source tree; return when the client ends or on Ctrl+C."""
    folder = ROOT / "build" / "demonstration"
    build_packages()
    environment = {**os.environ, **_own_folders(folder)}
    with running_center(folder / "center") as center:
        center.manage("example", "--packages", str(PACKAGES))
        config = Path(environment["XDG_CONFIG_HOME"]) / "connection-client"
        preset_client(config, center.address, center.state)
        print(
            _WELCOME.format(
                address=center.address,
                mails=center.mail_address,
                administrator="ana@lima-survey.example",
                password="Tidal-harbour-71",
            ),
            flush=True,
        )
        with contextlib.suppress(KeyboardInterrupt):
            return subprocess.run(
                [sys.executable, "-m", "connection_client"], env=environment, check=False
            ).returncode
    return 0


def _own_folders(folder: Path) -> dict[str, str]:
    """The person's own settings of the client, if there are any, stay untouched."""
    return {
        variable: str(folder / name)
        for variable, name in (
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_CACHE_HOME", "cache"),
        )
    }
