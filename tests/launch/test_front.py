# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Applications that run already, with windows on a real X server: shown, not started once more."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from connection_client.domain.installed import InstalledProduct, LaunchTarget
from connection_client.domain.versions import Version
from connection_client.launch.launcher import Launcher
from connection_client.system.dpkg_database import DpkgDatabase
from connection_client.system.linux_launch import LinuxPrograms
from connection_client.system.linux_processes import LinuxProcesses
from connection_client.system.x11_windows import bring_to_front
from tests.launch.conftest import Desk
from tests.world.desktop import Desktop, private_desktop
from tests.world.processes import running
from tests.world.signing_center import PRODUCT
from tests.world.waiting import wait_until

WINDOW = """\
#!/usr/bin/python3 -IS
import os, sys, tkinter
root = tkinter.Tk(className=os.path.basename(sys.argv[0]))
root.title(os.path.basename(sys.argv[0]))
root.geometry("300x200")
with open(sys.argv[0] + ".starts", "a") as file:
    file.write("x")
root.mainloop()
"""


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with private_desktop(tmp_path_factory.mktemp("desktop"), tray=False, key_store=False) as made:
        before = os.environ.get("DISPLAY")
        os.environ["DISPLAY"] = made.environment["DISPLAY"]
        yield made
        os.environ.pop("DISPLAY")
        if before is not None:
            os.environ["DISPLAY"] = before


def active(desktop: Desktop) -> str:
    """The title of the window that has the keyboard."""
    asked = subprocess.run(
        ["xdotool", "getactivewindow", "getwindowname"],
        env=dict(desktop.environment),
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip()


def program(folder: Path, name: str) -> Path:
    made = folder / name
    made.write_text(WINDOW)
    made.chmod(0o755)
    return made


def test_what_runs_is_shown_and_not_started_again(desktop: Desktop, desk: Desk, tmp_path: Path) -> None:
    first, second = program(tmp_path, "survey-viewer"), program(tmp_path, "other")
    installed = InstalledProduct(PRODUCT, Version.parse("10.1"), "10.1", (), LaunchTarget((str(first),)))
    processes = LinuxProcesses(DpkgDatabase(tmp_path / "no-dpkg"))
    launcher = Launcher(
        desk.restart(), LinuxPrograms(tmp_path / "logs", early=0.05), lambda: desk.state, processes
    )
    log = tmp_path / "log"
    with running([str(first)], desktop.environment, log):
        wait_until(lambda: active(desktop) == "survey-viewer", 20, "the first window did not come")
        with running([str(second)], desktop.environment, log):
            wait_until(lambda: active(desktop) == "other", 20, "the second window did not come")
            launcher.launch(installed, "Survey Viewer SES")
            wait_until(lambda: active(desktop) == "survey-viewer", 10, "it did not come to the front")
    assert Path(f"{first}.starts").read_text() == "x"


def test_without_a_window_nothing_can_be_shown(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not bring_to_front(frozenset())
    assert not bring_to_front(frozenset({os.getpid()}))
    monkeypatch.setenv("DISPLAY", ":9999")
    assert not bring_to_front(frozenset({os.getpid()}))
    monkeypatch.delenv("DISPLAY")
    assert not bring_to_front(frozenset({os.getpid()}))
