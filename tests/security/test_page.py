# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""SECURITY.md names a test for every promise, and the tests are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith(("| attacker", "| ---"))
]


def test_every_promise_names_tests_that_exist() -> None:
    assert len(ROWS) > 10
    for attacker, wants, stops, shown in ROWS:
        named = re.findall(r"`(tests/[^`]+)`", shown)
        assert attacker
        assert wants
        assert stops
        assert named, f"nothing shows what stops {attacker} from {wants}"
        for path in named:
            place = ROOT / path
            files = [place] if place.is_file() else list(place.glob("test_*.py"))
            assert any("def test_" in file.read_text("utf-8") for file in files), path
