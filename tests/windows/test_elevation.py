# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""One question for rights for a whole batch: the program that has them runs setup after setup.

Wine asks nobody and gives all rights; that the question comes once is seen by who starts the program.
"""

import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from connection_client.domain.catalogue import Package
from connection_client.domain.errors import InstallerFailed, NeedsRights
from connection_client.system import windows_pipe, windows_process
from connection_client.system.windows_elevated_install import Request
from connection_client.system.windows_elevation import Elevation, Refused, own_program
from connection_client.system.windows_install import WindowsInstaller
from connection_client.updates.download import VerifiedFile
from connection_client.updates.install import Job
from tests.windows.rights import Asked, left_behind
from tests.windows.setup_files import copied, package, version_now
from tests.windows.world import remove_small_viewer
from tests.world.waiting import wait_until

assert sys.platform == "win32"  # tells the type checker so, too


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def installer(asked: Asked) -> Iterator[WindowsInstaller]:
    """As it works for a person without rights."""
    made = WindowsInstaller(Elevation(start=asked), is_elevated=lambda: False)
    yield made
    made.close()
    remove_small_viewer()


def run(installer: WindowsInstaller, logs: Path, *wanted: tuple[Path, Package]) -> None:
    with ExitStack() as files:
        opened = tuple(files.enter_context(VerifiedFile(one, path, path.open("rb"))) for path, one in wanted)
        installer.install(Job("Small Viewer SES", opened, logs / "install.log"))


def test_a_chain_and_what_comes_after_it_ask_once(
    installer: WindowsInstaller, asked: Asked, tmp_path: Path
) -> None:
    old, new = copied(tmp_path), copied(tmp_path, "small-10.2.0.7.exe")
    scope = "/SCOPE=machine"
    first = package(old, scope, elevation="required"), package(new, scope, elevation="self")
    run(installer, tmp_path, (old, first[0]), (new, first[1]))
    assert version_now() == ["10.2.0.7"]
    remove_small_viewer()
    run(installer, tmp_path, (old, first[0]))
    assert version_now() == ["10.1.0.12"]
    assert len(asked.commands) == 1
    assert asked.commands[0][: len(own_program())] == own_program()


def test_who_needs_no_rights_is_not_asked(installer: WindowsInstaller, asked: Asked, tmp_path: Path) -> None:
    path = copied(tmp_path)
    for elevation in ("self", "none", "prohibited"):
        run(installer, tmp_path, (path, package(path, elevation=elevation)))
    assert version_now() == ["10.1.0.12"]
    assert asked.commands == []


def test_what_was_said_no_to_is_told(tmp_path: Path) -> None:
    def no(_command: Sequence[str]) -> int:
        error = OSError(0, "cancelled")
        error.winerror = windows_process.CANCELLED
        raise error

    path = copied(tmp_path)
    refused = WindowsInstaller(Elevation(start=no), is_elevated=lambda: False)
    with pytest.raises(NeedsRights):
        run(refused, tmp_path, (path, package(path, elevation="required")))
    assert version_now() == []


def test_the_exit_code_of_a_setup_with_rights_is_its_own(installer: WindowsInstaller, tmp_path: Path) -> None:
    path = copied(tmp_path)
    with pytest.raises(InstallerFailed) as caught:
        run(installer, tmp_path, (path, package(path, "/EXIT=1603", elevation="required")))
    assert caught.value.facts["exit_code"] == 1603


def test_it_asks_again_when_the_program_with_rights_has_ended(
    installer: WindowsInstaller, asked: Asked, tmp_path: Path
) -> None:
    path = copied(tmp_path)
    wanted = package(path, elevation="required")
    run(installer, tmp_path, (path, wanted))
    installer.close()
    run(installer, tmp_path, (path, wanted))
    assert len(asked.commands) == 2


def test_the_program_with_rights_checks_for_itself(asked: Asked, tmp_path: Path) -> None:
    path = copied(tmp_path)
    wanted = package(path)
    elevation = Elevation(start=asked)
    good = Request(str(path), wanted.sha256, wanted.length, "nsis", ("/S",))
    try:
        for bad in (
            replace(good, sha256="0" * 64),
            replace(good, length=good.length - 1),
            replace(good, signer="Example Systems, Incorporated"),
        ):
            with pytest.raises(Refused, match="changed"):
                elevation.run(bad)
        with pytest.raises(Refused, match="misunderstood"):
            elevation.run(replace(good, kind="script"))
        with pytest.raises(OSError, match="ended"):
            elevation.run(replace(good, path=str(tmp_path / "missing.exe")))
        assert version_now() == []
        assert elevation.run(good) == 0
        assert version_now() == ["10.1.0.12"]
        assert len(asked.commands) == 1
    finally:
        elevation.close()
        remove_small_viewer()
    wait_until(lambda: not left_behind(), 10, "the private folder is still there")


def test_nobody_else_is_spoken_to(asked: Asked, tmp_path: Path) -> None:
    """Somebody who learned the name of the pipe connects first: he gets nothing."""
    heard: list[bytes] = []

    def listen(name: str) -> None:
        with windows_pipe.connect(name, 30) as stranger:
            heard.append(stranger.recv(100))

    def start(command: Sequence[str]) -> int:
        stranger = threading.Thread(target=listen, args=(command[-2],))
        stranger.start()
        threads.append(stranger)
        return asked(command)

    threads: list[threading.Thread] = []
    path = copied(tmp_path)
    wanted = package(path)
    elevation = Elevation(start=start)
    try:
        assert elevation.run(Request(str(path), wanted.sha256, wanted.length, "nsis", ("/S",))) == 0
    finally:
        elevation.close()
        remove_small_viewer()
    threads[0].join(30)
    assert heard == [b""]


def test_another_process_than_the_one_that_asked_is_not_served() -> None:
    name = r"\\.\pipe\connection-client.test-elevated"
    listener = windows_pipe.PipeListener(name)
    with pytest.raises(PermissionError):
        windows_pipe.connect(name, 5, server=os.getpid() + 1)
    listener.stop()
