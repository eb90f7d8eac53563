# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The six steps, from end to end: real packages, real windows, a real browser, real clicks."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from demonstration.machine import CLIENT, EXAMPLES, installed_version

ROOT = Path(__file__).parents[2]
_STEPS = 17


def _may_install() -> bool:
    if os.geteuid() == 0:
        return True
    sudo = shutil.which("sudo")
    return (
        bool(sudo)
        and subprocess.run([str(sudo), "-n", "true"], check=False, capture_output=True).returncode == 0
    )


@pytest.mark.timeout(600)
@pytest.mark.skipif(not _may_install(), reason="installing packages needs root or sudo without a password")
@pytest.mark.skipif(
    any(installed_version(name) for name in (CLIENT, *EXAMPLES)),
    reason="the client is installed on this machine, and the tour would replace it",
)
def test_the_six_steps(tmp_path: Path) -> None:
    out = tmp_path / "tour"

    walked = subprocess.run(
        [sys.executable, "-m", "demonstration", "--tour", str(out)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert walked.returncode == 0, walked.stdout + walked.stderr
    steps = json.loads((out / "tour.json").read_text())["steps"]
    assert [step["outcome"] for step in steps] == ["ok"] * _STEPS
    for step in steps:
        with Image.open(out / step["screenshot"]) as picture:
            assert len(picture.convert("RGB").getcolors(maxcolors=1 << 24) or ()) > 100, step["name"]
    assert not any(installed_version(name) for name in (CLIENT, *EXAMPLES)), "the machine is left as found"
