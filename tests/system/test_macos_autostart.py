# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The LaunchAgent of macOS as a file; launchd itself exists on a Mac alone."""

import plistlib
from pathlib import Path

import pytest

from connection_client.domain.errors import FolderNotWritable
from connection_client.storage.files import write_atomically
from connection_client.system.macos_autostart import AGENT, MacAutostart, launch_agent

COMMAND = (
    "/Applications/CONNECTION Client.app/Contents/MacOS/CONNECTION Client",
    "--hidden",
    "--with-session",
)


@pytest.fixture
def autostart(tmp_path: Path) -> MacAutostart:
    return MacAutostart(COMMAND, write_atomically, tmp_path / "ada", tmp_path / "everybody")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ada" / "Library" / "LaunchAgents" / f"{AGENT}.plist"


def test_an_agent_is_written_and_taken_away(autostart: MacAutostart, file: Path) -> None:
    assert not autostart.is_enabled()
    autostart.disable()
    autostart.enable()
    assert autostart.is_enabled()
    agent = plistlib.loads(file.read_bytes())
    assert agent["ProgramArguments"] == list(COMMAND)
    assert agent["Label"] == file.stem
    assert agent["RunAtLoad"] is True
    assert "KeepAlive" not in agent  # a client that the person quits stays away
    autostart.disable()
    assert list(file.parent.iterdir()) == []
    assert not autostart.is_enabled()


def test_one_that_is_right_is_left_alone_and_another_is_replaced(autostart: MacAutostart, file: Path) -> None:
    autostart.enable()
    before = file.stat().st_ino
    autostart.enable()
    assert file.stat().st_ino == before
    file.write_bytes(launch_agent(["/old/place"]))
    autostart.enable()
    assert plistlib.loads(file.read_bytes())["ProgramArguments"] == list(COMMAND)


def test_beside_the_one_of_the_package_there_is_no_second(
    autostart: MacAutostart, file: Path, tmp_path: Path
) -> None:
    autostart.enable()
    (tmp_path / "everybody").mkdir()
    (tmp_path / "everybody" / file.name).write_bytes(launch_agent(COMMAND))
    autostart.enable()
    assert not file.exists()
    assert autostart.is_enabled()


def test_a_folder_that_cannot_be_written_to_is_said(autostart: MacAutostart, file: Path) -> None:
    file.parent.parent.mkdir(parents=True)
    file.parent.write_text("no folder")
    with pytest.raises((FolderNotWritable, OSError)):
        autostart.enable()
    assert not autostart.is_enabled()
