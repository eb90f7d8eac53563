# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The program with administrator rights, and a client that ends while a setup runs, as in its own update."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from connection_client.system.windows_elevation import Elevation
from connection_client.system.windows_processes import program_of
from tests.windows.look import removed_at_restart
from tests.windows.rights import Asked, left_behind
from tests.windows.slow_setup import SlowSetup, slow_setup
from tests.world.waiting import wait_until

assert sys.platform == "win32"  # tells the type checker so, too


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[SlowSetup]:
    with slow_setup(tmp_path) as setup:
        yield setup


def test_it_ends_with_the_client_whatever_still_runs(slow: SlowSetup) -> None:
    """The client's own setup waits until both have let go of the files that it replaces."""
    client = (
        "import sys\n"
        "from connection_client.system import windows_elevation, windows_elevated_install, windows_process\n"
        "def start(command):\n"
        "    process = windows_process.start_elevated(command)\n"
        "    print(process, flush=True)\n"
        "    return process\n"
        "request = windows_elevated_install.Request.of_line(sys.argv[1].encode())\n"
        "windows_elevation.Elevation(start=start).run(request)\n"
    )
    command = [sys.executable, "-c", client, slow.request.to_line().decode()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as asking:
        assert asking.stdout is not None
        process = int(asking.stdout.readline())
        wait_until(slow.begun.exists, 30, "the setup did not begin")
        assert program_of(process)
        asking.kill()
    wait_until(lambda: not program_of(process), 15, "it still holds its files")
    (folder,) = left_behind()
    assert [path.name for path in folder.rglob("*.exe")] == ["cmd.exe"]
    entries = {entry.casefold() for entry in removed_at_restart()}
    assert entries >= {rf"\??\{path}".casefold() for path in (folder, *folder.rglob("*"))}
    assert not slow.ended.exists()
    slow.go_on.touch()
    wait_until(slow.ended.exists, 15, "the setup did not go on")
    wait_until(lambda: _removed(folder), 15, "the setup still runs")


def test_a_client_that_ends_reports_no_failure(slow: SlowSetup) -> None:
    """It is closed in the middle of its own update: how that ends is seen by the client that comes back."""
    heard: list[int | None] = []
    elevation = Elevation(start=Asked())
    running = threading.Thread(target=lambda: heard.append(elevation.run(slow.request)))
    running.start()
    wait_until(slow.begun.exists, 30, "the setup did not begin")
    elevation.close()
    slow.go_on.touch()
    running.join(30)
    assert heard == [0]
    elevation.close()
    wait_until(lambda: not left_behind(), 10, "the private folder is still there")


def _removed(folder: Path) -> bool:
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()
