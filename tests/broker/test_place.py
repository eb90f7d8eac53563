# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The socket in the file system: private, never through a link, stale ones replaced."""

import gc
import os
import socket
import stat
from contextlib import suppress
from pathlib import Path

import pytest

from connection_client.broker.server import BrokerServer
from connection_client.domain.errors import FolderNotWritable
from tests.world.broker import Caller, Desk, running_broker


def test_only_its_owner_can_reach_it(broker: BrokerServer) -> None:
    assert stat.S_IMODE(broker.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(broker.path.parent.stat().st_mode) == 0o700


def test_a_folder_that_is_open_to_others_is_closed(folder: Path, desk: Desk) -> None:
    folder.mkdir(mode=0o755)
    with running_broker(folder, desk) as broker:
        assert stat.S_IMODE(broker.path.parent.stat().st_mode) == 0o700


def test_stopping_takes_the_socket_away(folder: Path, desk: Desk) -> None:
    with running_broker(folder, desk) as broker:
        assert broker.path.exists()
    assert not broker.path.exists()
    assert list(folder.iterdir()) == []


def test_stopping_closes_what_was_let_in_at_that_moment(folder: Path, desk: Desk) -> None:
    for _ in range(30):
        with running_broker(folder, desk) as broker:
            callers = [socket.socket(socket.AF_UNIX) for _ in range(8)]
            for caller in callers:
                caller.connect(str(broker.path))
        for caller in callers:
            caller.settimeout(5)
            with suppress(ConnectionResetError):
                assert caller.recv(1) == b""
            caller.close()
        gc.collect()  # a connection that was left open warns when it goes, and a warning fails


def test_stopping_twice_or_without_a_start_is_nothing(folder: Path, desk: Desk) -> None:
    server = BrokerServer(folder, desk.methods())
    server.stop()
    server.start()
    server.stop()
    server.stop()
    assert not server.path.exists()


def test_a_stale_socket_is_replaced(folder: Path, desk: Desk) -> None:
    folder.mkdir(mode=0o700)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as killed:
        killed.bind(str(folder / "broker.sock"))
    with running_broker(folder, desk) as broker, Caller(broker.path) as caller:
        assert "result" in caller.ask("hello")


def test_a_living_socket_is_left_alone(broker: BrokerServer, folder: Path, desk: Desk) -> None:
    with pytest.raises(FolderNotWritable) as problem:
        BrokerServer(folder, desk.methods()).start()
    assert problem.value.facts["reason"] == "another program listens there"
    with Caller(broker.path) as caller:
        assert "result" in caller.ask("hello")


@pytest.mark.parametrize("target_exists", [True, False])
def test_a_link_in_place_of_the_socket_is_not_followed(
    folder: Path, desk: Desk, *, target_exists: bool
) -> None:
    folder.mkdir(mode=0o700)
    target = folder / "elsewhere"
    if target_exists:
        target.write_text("kept")
    (folder / "broker.sock").symlink_to(target)
    with pytest.raises(FolderNotWritable):
        BrokerServer(folder, desk.methods()).start()
    assert (folder / "broker.sock").is_symlink()
    assert target.exists() is target_exists


def test_a_link_in_place_of_the_folder_is_not_followed(folder: Path, desk: Desk) -> None:
    real = folder.with_name("real")
    real.mkdir(mode=0o700)
    folder.symlink_to(real)
    with pytest.raises(FolderNotWritable) as problem:
        BrokerServer(folder, desk.methods()).start()
    assert problem.value.facts["reason"] == "it is a link or no folder"
    assert list(real.iterdir()) == []


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder away")
def test_somebody_elses_folder_is_refused(folder: Path, desk: Desk) -> None:
    folder.mkdir(mode=0o700)
    os.chown(folder, 65534, 65534)
    with pytest.raises(FolderNotWritable) as problem:
        BrokerServer(folder, desk.methods()).start()
    assert problem.value.facts["reason"] == "it belongs to somebody else"


def test_a_path_that_is_too_long_is_said(folder: Path, desk: Desk) -> None:
    with pytest.raises(FolderNotWritable) as problem:
        BrokerServer(folder / ("x" * 100), desk.methods()).start()
    assert problem.value.facts["reason"] == "the path is too long for a socket"
