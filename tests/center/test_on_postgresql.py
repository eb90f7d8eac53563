# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The tests that depend most on the database, once more on PostgreSQL, in every run of the tests.

All of tests/center runs there by `./run python -m tests.world.postgresql pytest tests/center`.
"""

import os
import subprocess
import sys

import pytest

from tests.world.center import PROJECT

IMPORTANT = (
    "delivery",
    "entitlements",
    "support",
    "test_invitations.py",
    "test_isolation.py",
    "test_kept_answers.py",
    "test_kept_changes.py",
    "test_lockout.py",
    "test_news.py",
    "test_openid.py",
    "test_policy.py",
)


@pytest.mark.timeout(600)
@pytest.mark.skipif("CENTER_DATABASE_URL" in os.environ, reason="all tests run on PostgreSQL already")
def test_the_most_important_tests_hold_on_postgresql() -> None:
    files = [f"tests/center/{name}" for name in IMPORTANT]
    done = subprocess.run(
        [sys.executable, "-m", "tests.world.postgresql", sys.executable, "-m", "pytest", "-q", *files],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
    assert "skipped" not in done.stdout
