# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The lock that all processes of a person share, with real processes."""

import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import filelock
import pytest

from connection_client.storage.file_lock import FileLock, LockTaken

HOLDER = """
import sys
from pathlib import Path
from connection_client.storage.file_lock import FileLock
lock = FileLock(Path(sys.argv[1]), 5)
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that holds the lock until its input ends."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        if process.stdin is not None:
            process.stdin.close()


def test_another_process_is_waited_for_as_long_as_one_wants(
    tmp_path: Path, holder: "subprocess.Popen[str]"
) -> None:
    with pytest.raises(LockTaken):
        FileLock(tmp_path / "lock", 0.2).acquire()
    assert holder.poll() is None


def test_a_holder_that_was_killed_holds_nothing(tmp_path: Path, holder: "subprocess.Popen[str]") -> None:
    threading.Timer(0.3, holder.send_signal, (signal.SIGKILL,)).start()
    lock = FileLock(tmp_path / "lock", 20)
    lock.acquire()
    lock.release()


def test_its_holder_takes_it_again_and_lets_go_as_often(tmp_path: Path) -> None:
    mine, other = FileLock(tmp_path / "lock", 0), FileLock(tmp_path / "lock", 0)
    mine.acquire()
    mine.acquire()
    mine.release()
    with pytest.raises(LockTaken):
        other.acquire()
    mine.release()
    other.acquire()
    other.release()


def test_the_library_of_other_programs_sees_the_same_lock(tmp_path: Path) -> None:
    mine, theirs = FileLock(tmp_path / "lock", 0), filelock.FileLock(tmp_path / "lock", timeout=0)
    mine.acquire()
    with pytest.raises(filelock.Timeout):
        theirs.acquire()
    mine.release()
    with theirs, pytest.raises(LockTaken):
        mine.acquire()


def test_only_its_owner_can_open_the_file_and_a_link_is_not_followed(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "lock", 0)
    lock.acquire()
    assert stat.S_IMODE((tmp_path / "lock").stat().st_mode) == 0o600
    lock.release()
    (tmp_path / "elsewhere").write_text("precious")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match=os.strerror(40)):
        FileLock(tmp_path / "link", 0).acquire()
    assert (tmp_path / "elsewhere").read_text() == "precious"


def test_a_folder_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FileLock(tmp_path / "missing" / "lock", 0).acquire()


def test_no_descriptor_is_left(tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    lock, other = FileLock(tmp_path / "lock", 0), FileLock(tmp_path / "lock", 0)
    for _ in range(20):
        lock.acquire()
        with pytest.raises(LockTaken):
            other.acquire()
        lock.release()
    assert len(list(Path("/proc/self/fd").iterdir())) == before
