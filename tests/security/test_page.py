# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""SECURITY.md names tests for every promise, file and function, and they are there."""

from pathlib import Path

from tests.world.node_ids import is_a_test, named_tests

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
        nodes = named_tests(shown)
        assert attacker
        assert wants
        assert stops
        assert nodes, f"nothing shows what stops {attacker} from {wants}"
        # Nothing else may stand there: neither a whole folder nor words.
        assert ", ".join(f"`{node}`" for node in nodes) == shown
        for node in nodes:
            assert is_a_test(node), node
