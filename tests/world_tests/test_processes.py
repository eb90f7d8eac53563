# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Programs that announce themselves: one that hangs is started once more, one that fails says why."""

import os
import sys
from pathlib import Path

import pytest

from tests.world import processes
from tests.world.processes import announcing

# Hangs at its first start, and announces itself at the second.
_HANGS_ONCE = """
import os, pathlib, sys, time
mark = pathlib.Path(sys.argv[2])
if not mark.exists():
    mark.touch()
    time.sleep(600)
os.write(int(sys.argv[1]), b"here\\n")
time.sleep(600)
"""


def test_one_that_hangs_is_started_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "ANNOUNCE_SECONDS", 2.0)
    arguments = [sys.executable, "-c", _HANGS_ONCE, "{fd}", str(tmp_path / "mark")]
    with announcing(arguments, os.environ, tmp_path / "log") as (process, line):
        assert (line, process.poll()) == ("here", None)
    said = (tmp_path / "log").read_text()
    assert "Silent for 2.0 s" in said
    assert "State:" in said


def test_one_that_ends_without_a_word_shows_its_last_output(tmp_path: Path) -> None:
    arguments = [sys.executable, "-c", "import sys; sys.exit('the port is taken')", "{fd}"]
    with (
        pytest.raises(RuntimeError, match="the port is taken"),
        announcing(arguments, os.environ, tmp_path / "log"),
    ):
        pass
