# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The command that starts an application, as a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

from tests.world.session import home_environment

SOURCE = Path(__file__).parents[2]


def launch(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "connection_client", "launch", *words],
        env={**home_environment(folder), "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_an_application_that_is_not_here_is_said(tmp_path: Path) -> None:
    done = launch(tmp_path, "moon-viewer", "moon.csv")
    assert done.returncode == 3
    assert done.stderr == (
        "moon-viewer is not where it was installed. Your documents are untouched. Install it again.\n"
    )


def test_programs_get_the_code_of_the_refusal(tmp_path: Path) -> None:
    done = launch(tmp_path, "moon-viewer", "--json")
    assert done.returncode == 3
    assert json.loads(done.stdout)["error"]["code"] == "application-missing"


def test_a_product_has_to_be_named(tmp_path: Path) -> None:
    done = launch(tmp_path)
    assert done.returncode == 2
    assert "product" in done.stderr
