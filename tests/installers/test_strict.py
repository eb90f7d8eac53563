# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Before a release, a test of a package that could not run is a failure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from installers.build import ROOT

TEST = "tests/installers/test_debian.py::test_lintian_finds_no_error"


@pytest.mark.parametrize(("automatic", "code"), [("true", 1), ("", 0)])
def test_what_is_left_out_fails_where_others_rely_on_it(automatic: str, code: int, tmp_path: Path) -> None:
    environment = os.environ | {"PATH": str(tmp_path), "CI": automatic}
    command = [sys.executable, "-m", "pytest", "-q", TEST]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    assert "lintian is not installed" in done.stdout
    assert ("what is left out counts as failed" in done.stdout) is (automatic == "true")
