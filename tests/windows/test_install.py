# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Real setups are run on Windows, and what is installed afterwards decides."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from connection_client.domain.errors import (
    ClientError,
    DiskFull,
    FolderNotWritable,
    InstallCancelled,
    InstallerBusy,
    InstallerFailed,
    NotInstallable,
    PackageChanged,
)
from connection_client.system.windows_computer import this_computer
from connection_client.system.windows_install import WindowsInstaller
from connection_client.system.windows_locked_file import open_locked
from tests.windows.setup_files import copied, install, package, version_now
from tests.windows.world import SETUPS, remove_small_viewer

assert sys.platform == "win32"  # tells the type checker so, too


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    yield
    remove_small_viewer()


@pytest.mark.parametrize("scope", ["user", "machine"])
def test_a_setup_installs_and_a_newer_one_takes_its_place(scope: str, tmp_path: Path) -> None:
    for version in ("10.1.0.12", "10.2.0.7"):
        path = copied(tmp_path, f"small-{version}.exe")
        install(path, package(path, f"/SCOPE={scope}"), tmp_path)
        assert version_now() == [version]


def test_the_first_installation_of_all_makes_the_folder_for_logs(tmp_path: Path) -> None:
    path, logs = copied(tmp_path), tmp_path / "state" / "installations"
    install(path, package(path), logs)
    assert version_now() == ["10.1.0.12"]
    assert logs.is_dir()


def test_logs_that_cannot_be_written_keep_everything_as_it_is(tmp_path: Path) -> None:
    path, taken = copied(tmp_path), tmp_path / "installations"
    taken.write_text("a file")
    with pytest.raises(FolderNotWritable):
        install(path, package(path), taken)
    assert version_now() == []


@pytest.mark.parametrize("exit_code", [0, 3010, 1641, 1638])
def test_exit_codes_that_are_no_failure(exit_code: int, tmp_path: Path) -> None:
    path = copied(tmp_path)
    ended = install(path, package(path, f"/EXIT={exit_code}"), tmp_path)
    assert version_now() == ["10.1.0.12"]
    assert ended.restart == (exit_code in (3010, 1641))


@pytest.mark.parametrize(
    ("exit_code", "expected"),
    [
        (1602, InstallCancelled),
        (1, InstallCancelled),
        (1618, InstallerBusy),
        (112, DiskFull),
        (1625, NotInstallable),
        (1603, InstallerFailed),
        (-2147023294, InstallCancelled),
    ],
)
def test_exit_codes_that_are(exit_code: int, expected: type[ClientError], tmp_path: Path) -> None:
    path = copied(tmp_path)
    own = {-2147023294: "cancelled"}  # HRESULT of 1602, as Burn ends
    with pytest.raises(expected):
        install(path, package(path, f"/EXIT={exit_code}", exit_codes=own), tmp_path)


def test_the_catalogue_s_own_words_for_an_exit_code_count(tmp_path: Path) -> None:
    path = copied(tmp_path)
    install(path, package(path, "/EXIT=42", exit_codes={42: "ok"}), tmp_path)
    with pytest.raises(InstallerBusy):
        install(path, package(path, "/EXIT=42", exit_codes={42: "busy"}), tmp_path)


def test_a_file_that_was_changed_is_never_started(tmp_path: Path) -> None:
    path = copied(tmp_path)
    wanted = package(path)
    path.write_bytes(path.read_bytes().replace(b"Nullsoft", b"Nullsof!"))
    with pytest.raises(PackageChanged):
        install(path, wanted, tmp_path)
    assert version_now() == []


def test_a_file_that_somebody_still_writes_is_never_started(tmp_path: Path) -> None:
    path = copied(tmp_path)
    wanted = package(path)
    with path.open("r+b"), pytest.raises(PackageChanged):
        install(path, wanted, tmp_path)


def test_a_locked_file_cannot_be_written_moved_or_removed(tmp_path: Path) -> None:
    path, other = copied(tmp_path), tmp_path / "other.exe"
    other.write_bytes(b"swapped")
    with open_locked(path) as locked:
        for attack in (
            lambda: path.open("r+b"),
            path.unlink,
            lambda: path.rename(tmp_path / "away.exe"),
            lambda: other.replace(path),
            lambda: os.truncate(path, 0),
        ):
            with pytest.raises(PermissionError):
                attack()
        assert locked.read(2) == b"MZ"
    path.unlink()


def test_a_file_that_is_no_program_ends_in_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "broken.exe"
    path.write_bytes(b"MZ this is nothing")
    with pytest.raises(InstallerFailed):
        install(path, package(path), tmp_path)


def test_what_this_computer_takes() -> None:
    computer = this_computer(WindowsInstaller())
    assert (computer.os, computer.architecture) == ("windows", "x64")
    assert computer.installs == {"msi", "burn", "inno", "nsis", "exe", "msix"}
    assert computer.os_version is not None
    assert computer.free_bytes
    assert computer.can_elevate
    path = SETUPS / "small-10.1.0.12.exe"
    assert computer.takes(package(path))
    assert not computer.takes(package(path, kind="deb"))
