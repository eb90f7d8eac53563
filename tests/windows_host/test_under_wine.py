# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The tests for Windows are part of all tests wherever Wine is there or can be had."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.timeout(400)
def test_everything_for_windows_passes_in_a_windows_python() -> None:
    done = subprocess.run(
        [ROOT / "run", "test-windows", "-q"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    said = done.stdout.strip().splitlines()
    closing = said[-1] if said else ""
    assert done.returncode == 0, done.stdout + done.stderr
    if closing.startswith("0 passed, 0 failed"):
        pytest.skip(said[-2])
    assert re.match(r"[1-9][0-9]* passed", closing), done.stdout


@pytest.mark.parametrize(("automatic", "code"), [("true", 1), ("", 0)])
def test_without_wine_they_are_left_out_and_fail_where_others_rely_on_them(
    automatic: str, code: int, tmp_path: Path
) -> None:
    environment = {"PATH": str(tmp_path), "PYTHONPATH": str(ROOT), "CI": automatic}
    command = [sys.executable, "-m", "tests.windows_host"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert "Wine is not installed: the tests for Windows did not run." in done.stdout
    assert ("counts as failed" in done.stdout) is (automatic == "true")
    assert ("0 passed, 0 failed" in done.stdout) is (automatic == "")
