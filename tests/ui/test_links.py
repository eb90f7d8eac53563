# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Links reach the running program, and the one that is just starting; the person decides."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world.desktop import Desktop, private_desktop
from tests.world.processes import end, start
from tests.world.screen import Screen

HERE = Path(__file__).parents[2]


@pytest.fixture
def own_desktop(tmp_path: Path) -> Iterator[Desktop]:
    with private_desktop(tmp_path / "desktop", tray=False, key_store=False) as made:
        yield made.with_variables(PYTHONPATH=str(HERE))


def test_a_link_at_the_start_and_one_later_are_asked_about(own_desktop: Desktop) -> None:
    process = start(
        [sys.executable, "-m", "tests.ui.program", "connection-client://launch/mesh-viewer"],
        own_desktop.environment,
        own_desktop.folder / "program.log",
        stdin=subprocess.PIPE,
    )
    assert process.stdin is not None
    screen = Screen(own_desktop.environment)
    try:
        screen.wait_for("A link wants to start Mesh Viewer SES. Start it?", seconds=60)
        screen.click("Not now")
        process.stdin.write(b"connection-client://launch/survey-viewer?file=/etc/hostname\n")
        process.stdin.flush()
        screen.wait_for("A link wants to open /etc/hostname with Survey Viewer SES. Open it?")
        screen.click("Not now")
        assert process.poll() is None
    finally:
        screen.close()
        end(process)
        process.stdin.close()
