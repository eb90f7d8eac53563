# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The tests for Windows are part of all tests wherever Wine is there or can be had."""

import re
import subprocess
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
    if closing.startswith("0 passed, 0 failed"):
        pytest.skip(said[-2])
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.match(r"[1-9][0-9]* passed", closing), done.stdout
