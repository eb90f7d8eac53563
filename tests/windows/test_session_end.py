# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Windows asks whether the session may end: not while something is installed, else at once."""

import ctypes
import sys
import threading
from collections.abc import Iterator
from ctypes import wintypes
from pathlib import Path

import pytest

from connection_client.domain.errors import InstallerFailed
from connection_client.system.windows_install import WindowsInstaller
from connection_client.system.windows_wakeups import WindowsWakeups
from connection_client.updates.download import VerifiedFile
from connection_client.updates.install import Job
from tests.windows.setup_files import package
from tests.world.waiting import wait_until

assert sys.platform == "win32"  # tells the type checker so, too

MAY_END, ENDS = 0x0011, 0x0016


@pytest.fixture
def installer() -> Iterator[WindowsInstaller]:
    made = WindowsInstaller()
    yield made
    made.close()


@pytest.fixture
def window(installer: WindowsInstaller) -> Iterator[int]:
    wakeups = WindowsWakeups(lambda: installer.under_way)
    wakeups.subscribe(lambda: None)
    yield wakeups.window
    wakeups.close()


def asked(window: int, message: int, meaning: int = 0) -> int:
    user = ctypes.WinDLL("user32")
    return int(user.SendMessageW(wintypes.HWND(window), message, meaning, 0))


def test_it_may_end_where_nothing_is_installed(window: int) -> None:
    assert asked(window, MAY_END) == 1
    asked(window, ENDS, 0)  # somebody else said no: everything goes on
    assert asked(window, MAY_END) == 1


def test_it_waits_for_an_installation(installer: WindowsInstaller, window: int, tmp_path: Path) -> None:
    # Python itself stands for a setup that takes its time: it ends when it is told to.
    flag = tmp_path / "flag"
    program = tmp_path / "wait.py"
    program.write_text(f"import os, time\nwhile not os.path.exists({str(flag)!r}): time.sleep(0.05)\n")
    python = Path(sys.executable)
    wanted = package(python, kind="exe", elevation="none")
    arguments = dict(wanted.install.arguments) | {"silent": (str(program),)}
    vars(wanted.install)["arguments"] = arguments
    with VerifiedFile(wanted, python, python.open("rb")) as file:
        job = Job("Survey Viewer SES", (file,), tmp_path / "install.log")
        running = threading.Thread(target=installer.install, args=(job,))
        running.start()
        wait_until(lambda: bool(installer.under_way), 10, "it did not begin")
        assert installer.under_way == "Survey Viewer SES is being installed."
        assert asked(window, MAY_END) == 0
        flag.touch()
        running.join(30)
    assert installer.under_way == ""
    assert asked(window, MAY_END) == 1


def test_a_failed_installation_holds_nobody(installer: WindowsInstaller, tmp_path: Path) -> None:
    path = tmp_path / "broken.exe"
    path.write_bytes(b"MZ this is nothing")
    with (
        VerifiedFile(package(path), path, path.open("rb")) as file,
        pytest.raises(InstallerFailed),
    ):
        installer.install(Job("Broken", (file,), tmp_path / "install.log"))
    assert installer.under_way == ""
