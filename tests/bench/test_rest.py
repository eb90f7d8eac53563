# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a program costs is what it and everything that it started cost."""

import os
import sys
from pathlib import Path

import pytest

from tests.bench._peer_programs import PEERS
from tests.bench._rest import at_rest
from tests.bench.peers import upstream
from tests.world.processes import running
from tests.world.waiting import wait_until

HELD = 64  # MB
HOLDER = f"""
import pathlib, sys, time
held = bytearray({HELD} << 20)
pathlib.Path(sys.argv[1]).touch()
while True:
    time.sleep(0.01)
"""
PARENT = """
import subprocess, sys
subprocess.run([sys.executable, "-c", *sys.argv[1:]])
"""


def test_a_child_counts(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    command = [sys.executable, "-c", PARENT, HOLDER, str(ready)]
    with running(command, os.environ, tmp_path / "log") as process:
        wait_until(ready.exists, 20, "the child did not start")
        rest = at_rest(process.pid, 1.5)
    assert rest.memory > HELD
    assert rest.switches > 60  # it wakes far more often than once a second


def test_one_that_ends_by_itself_does_not_count_as_small(tmp_path: Path) -> None:
    with (
        running([sys.executable, "-c", "pass"], os.environ, tmp_path / "log") as process,
        pytest.raises(ProcessLookupError),
    ):
        at_rest(process.pid, 20)


@pytest.mark.parametrize(
    ("debian", "told"), [("2.7.4+dfsg.1-2", "2.7.4"), ("1:3.7.3-1+deb12u2", "3.7.3"), ("0.11.6", "0.11.6")]
)
def test_a_version_is_told_as_its_makers_do(debian: str, told: str) -> None:
    assert upstream(debian) == told


def test_programs_from_the_index_are_locked() -> None:
    locked = (Path(__file__).parents[2] / "requirements" / "peers.txt").read_text(encoding="utf-8")
    for peer in PEERS:
        assert not peer.distribution or f"\n{peer.distribution}==" in locked, peer.name
