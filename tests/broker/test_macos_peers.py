# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What macOS answers about the other end of a connection, read from answers of the shape its headers give."""

import os
import socket
import struct
import sys
from pathlib import Path

import pytest

from connection_client.broker import macos_peers
from connection_client.broker.peers import is_told_apart, program_behind


class Answering(socket.socket):
    """A socket that answers as macOS does; the kernel of the computer that tests has no such options."""

    version = 0

    def getsockopt(self, level: int, option: int, size: int = 0) -> bytes:  # type: ignore[override]  # never 0 here
        assert level == macos_peers.SOL_LOCAL
        if option == macos_peers.LOCAL_PEERPID:
            return struct.pack("=i", 4711)[:size]
        assert option == macos_peers.LOCAL_PEERCRED
        groups = struct.pack("=h2x16I", 2, 20, 12, *[0] * 14)
        return (struct.pack("=II", self.version, 501) + groups)[:size]


def test_process_and_user_are_read() -> None:
    assert macos_peers.CREDENTIALS.size == 76  # sizeof(struct xucred)
    with Answering() as connection:
        assert macos_peers.credentials_of(connection) == (4711, 501)


def test_another_shape_of_the_answer_is_not_guessed_at() -> None:
    with Answering() as connection:
        connection.version = 1
        with pytest.raises(OSError, match="version 1"):
            macos_peers.credentials_of(connection)


def test_the_arguments_of_a_process_are_read() -> None:
    path = b"/Library/Frameworks/Python.framework/Versions/3.12/bin/python3.12"
    said = struct.pack("=i", 3) + path + b"\0" * 7 + b"python3\0-I\0tool.py\0HOME=/Users/ada\0"
    assert macos_peers.arguments_in(said) == [b"python3", b"-I", b"tool.py"]
    assert macos_peers.arguments_in(struct.pack("=i", 0) + path) == []
    assert macos_peers.arguments_in(b"\1") == []


def test_the_folder_of_a_process_is_read() -> None:
    said = bytes(152) + b"/Users/ada/tools".ljust(1024, b"\0") + bytes(152) + b"/".ljust(1024, b"\0")
    assert macos_peers.folder_in(said) == "/Users/ada/tools"
    assert macos_peers.folder_in(b"") == ""


def test_a_script_is_known_by_its_own_file_there_too(tmp_path: Path) -> None:
    interpreter = "/opt/Python.app/Contents/MacOS/Python"
    assert not is_told_apart(interpreter)
    (tmp_path / "tool.py").touch()
    assert program_behind(interpreter, [b"python3", b"-I", b"tool.py"], str(tmp_path)) == str(
        tmp_path / "tool.py"
    )
    assert program_behind(interpreter, [b"python3", b"-c", b"pass"], str(tmp_path)) == interpreter


@pytest.mark.skipif(sys.platform != "darwin", reason="asks the kernel of macOS")
def test_the_kernel_knows_this_process() -> None:
    one, other = socket.socketpair()
    with one, other:
        process, user = macos_peers.credentials_of(one)
    assert (process, user) == (os.getpid(), os.getuid())
    assert Path(macos_peers.path_of(process)).exists()
    assert macos_peers.folder_of(process) == os.getcwd()  # noqa: PTH109
    assert macos_peers.words_of(process)
