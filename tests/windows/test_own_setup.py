# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A command line that the client's own setup would wait for in vain: it leaves once that setup has begun."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from connection_client.domain.errors import InstallerFailed
from connection_client.domain.installed import OWN_PRODUCT
from connection_client.system.windows_elevation import Elevation
from connection_client.system.windows_install import WindowsInstaller
from connection_client.updates.download import VerifiedFile
from connection_client.updates.install import Ended, Job
from tests.windows.rights import Asked, left_behind
from tests.windows.setup_files import copied, package, version_now
from tests.windows.slow_setup import SlowSetup, slow_setup
from tests.windows.world import remove_small_viewer
from tests.world.waiting import wait_until

assert sys.platform == "win32"  # tells the type checker so, too


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[SlowSetup]:
    with slow_setup(tmp_path) as setup:
        yield setup


def install(installer: WindowsInstaller, slow: SlowSetup, logs: Path, product: str = OWN_PRODUCT) -> Ended:
    path = Path(slow.request.path)
    with VerifiedFile(slow.package(), path, path.open("rb")) as file:
        return installer.install(Job("CONNECTION Client", (file,), logs / "install.log", product))


def test_it_leaves_while_the_setup_goes_on(slow: SlowSetup, tmp_path: Path) -> None:
    installer = WindowsInstaller(in_the_way=True)
    assert install(installer, slow, tmp_path) == Ended(goes_on=True)
    assert slow.begun.exists()
    assert not slow.ended.exists()
    slow.go_on.touch()
    wait_until(slow.ended.exists, 15, "the setup did not go on")


def test_with_rights_as_well_and_what_has_them_ends(slow: SlowSetup, tmp_path: Path) -> None:
    """It uses the same files as the command line."""
    installer = WindowsInstaller(Elevation(start=Asked()), is_elevated=lambda: False, in_the_way=True)
    slow = slow.with_rights()
    assert install(installer, slow, tmp_path) == Ended(goes_on=True)
    assert slow.begun.exists()
    installer.close()
    slow.go_on.touch()
    wait_until(slow.ended.exists, 15, "the setup did not go on")
    # Windows removes the folder of the program with rights at its next start, which Wine has none of.
    wait_until(lambda: all(_gone(folder) for folder in left_behind()), 15, "the setup still runs")


def test_what_a_setup_refuses_at_once_is_told(tmp_path: Path) -> None:
    path = copied(tmp_path)
    wanted = package(path, "/EXIT=740")
    installer = WindowsInstaller(in_the_way=True)
    try:
        with VerifiedFile(wanted, path, path.open("rb")) as file:
            job = Job("CONNECTION Client", (file,), tmp_path / "install.log", OWN_PRODUCT)
            with pytest.raises(InstallerFailed) as caught:
                installer.install(job)
        assert caught.value.facts["exit_code"] == 740
    finally:
        remove_small_viewer()
    assert version_now() == []


def test_others_are_waited_for(slow: SlowSetup, tmp_path: Path) -> None:
    slow.go_on.touch()
    assert install(WindowsInstaller(in_the_way=True), slow, tmp_path, "small-viewer") == Ended()
    assert slow.ended.exists()
    slow.ended.unlink()
    assert install(WindowsInstaller(), slow, tmp_path) == Ended()
    assert slow.ended.exists()


def _gone(folder: Path) -> bool:
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()
