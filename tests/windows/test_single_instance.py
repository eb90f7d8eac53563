# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""One client for a session, shown with two real processes."""

import subprocess
import sys
from pathlib import Path

from connection_client.system.windows_processes import wait_until_alone
from connection_client.system.windows_single_instance import WindowsSingleInstance
from tests.world.waiting import wait_until

SECOND = """
import sys
from pathlib import Path
from connection_client.system.windows_single_instance import WindowsSingleInstance
first = WindowsSingleInstance(Path(sys.argv[1])).claim(sys.argv[2:])
print("first" if first else "second", flush=True)
if first:
    sys.stdin.read()
"""

ENDING = """
import sys, threading
from pathlib import Path
from connection_client.system.windows_single_instance import WindowsSingleInstance
instance, ended = WindowsSingleInstance(Path(sys.argv[1])), threading.Event()
assert instance.claim([])
instance.listen(lambda words: ended.set() if "--quit" in words else None)
print("listens", flush=True)
ended.wait(60)
instance.release()
"""


def start(runtime: Path, *arguments: str) -> str:
    command = [sys.executable, "-X", "utf8", "-c", SECOND, str(runtime), *arguments]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_second_process_hands_over_its_arguments_and_ends(tmp_path: Path) -> None:
    instance, heard = WindowsSingleInstance(tmp_path), list[tuple[str, ...]]()
    assert instance.claim([])
    instance.listen(heard.append)
    try:
        assert start(tmp_path, r"C:\Grüße\paket 1.msi", "connection-client:sign-in") == "second"
        wait_until(lambda: heard, 5, "nothing was handed over")
        assert heard == [(r"C:\Grüße\paket 1.msi", "connection-client:sign-in")]
        assert start(tmp_path) == "second"
        wait_until(lambda: len(heard) == 2, 5, "the second hand-over is missing")
        assert heard[1] == ()
    finally:
        instance.release()


def test_it_is_free_after_the_release_and_after_a_kill(tmp_path: Path) -> None:
    instance = WindowsSingleInstance(tmp_path)
    assert instance.claim([])
    instance.release()
    command = [sys.executable, "-c", SECOND, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "first"
        assert not instance.claim([])
        other.kill()
        other.wait(20)
    assert wait_until(lambda: instance.claim([]), 5, "the killed client still counts")
    instance.release()


def test_whoever_asks_the_other_to_end_can_wait_for_it(tmp_path: Path) -> None:
    instance = WindowsSingleInstance(tmp_path)
    assert not instance.wait_for_end(0)  # nobody was asked
    command = [sys.executable, "-c", ENDING, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "listens"
        assert not instance.claim(["--hello"])
        assert not instance.wait_for_end(0.2)
        assert not instance.claim(["--quit"])
        assert instance.wait_for_end(20)
        assert other.wait(5) == 0
    instance.release()


def test_what_runs_the_same_program_is_waited_for(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; print('runs', flush=True); sys.stdin.read()"]
    assert wait_until_alone([str(tmp_path / "nothing.exe")], 0)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline().strip() == "runs"
        assert not wait_until_alone(["C:\\other.exe", sys.executable.upper()], 0.2)
        other.stdin.close()
        assert wait_until_alone([sys.executable], 20)


def test_clients_with_other_folders_are_other_clients(tmp_path: Path) -> None:
    one, other = WindowsSingleInstance(tmp_path / "one"), WindowsSingleInstance(tmp_path / "other")
    assert one.claim([])
    assert other.claim([])
    one.release()
    other.release()
