# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is installed while the client runs is noticed, by a stamp that costs little."""

import sys
import time
from pathlib import Path

import pytest

from connection_client.bootstrap.local import local_of
from connection_client.products.inventory import Inventory
from connection_client.storage.folders import Folders
from connection_client.system.windows_changes import changes
from connection_client.system.windows_registry import APP_PATHS, UNINSTALL, Branch
from tests.windows.msix_world import FULL_NAME, packaged
from tests.windows.world import FOR_ALL, FOR_ALL_32, FOR_ONE, installed, key, registered, write_key

assert sys.platform == "win32"  # tells the type checker so, too
_TICK = 0.03  # seconds: Windows' clock moves some sixty times in one


def stamp() -> tuple[object, ...]:
    time.sleep(_TICK)
    return Inventory((), (), changes).stamp()


@pytest.mark.parametrize("branch", [FOR_ALL, FOR_ALL_32, FOR_ONE])
def test_an_entry_that_comes_changes_and_goes_is_noticed(branch: Branch) -> None:
    before = stamp()
    assert stamp() == before
    with registered(branch, "noticed", DisplayName="Noticed", DisplayVersion="1.0"):
        there = stamp()
        assert there != before
        write_key(branch, rf"{UNINSTALL}\noticed", {"DisplayVersion": "1.1"})
        assert stamp() != there
    assert stamp() not in (there, before)


def test_an_app_path_and_a_package_are_noticed(tmp_path: Path) -> None:
    before = stamp()
    with key(FOR_ALL, rf"{APP_PATHS}\noticed.exe", default=r"C:\noticed.exe"):
        first = stamp()
    with packaged(FULL_NAME, tmp_path):
        second = stamp()
    assert len({before, first, second, stamp()}) == 4


def test_a_real_setup_is_noticed_by_the_whole_client(tmp_path: Path) -> None:
    local = local_of(Folders(*[tmp_path] * 6))
    try:
        inventory = Inventory(local.detectors, local.watched, local.changes)
        before = inventory.stamp()
        with installed("10.1.0.12"):
            there = inventory.stamp()
            assert there != before
        assert inventory.stamp() != there
    finally:
        local.close()
