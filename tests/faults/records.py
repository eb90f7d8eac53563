# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a run of these tests has shown, kept in `build/faults.json` for the table of docs/faults.md."""

import json
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
KEPT = PROJECT / "build" / "faults.json"
_CASE = re.compile(r"tests/faults/(test_\d\d_\w+)\.py::")

_seen: dict[str, dict[str, str]] = {}  # file, then test: passed, failed, or why it was not tried


def note(report: pytest.TestReport) -> None:
    """Keep the outcome of one phase of a test."""
    found = _CASE.search(report.nodeid)
    if found is None or (report.when != "call" and report.passed):
        return
    outcome = str(report.outcome)
    if report.skipped and isinstance(report.longrepr, tuple):
        outcome = f"not tried: {report.longrepr[2].removeprefix('Skipped: ')}"
    tests = _seen.setdefault(found[1], {})
    if tests.get(report.nodeid) != "failed":
        tests[report.nodeid] = outcome


def load() -> dict[str, str]:
    """The result of each file, as the runs so far have shown it."""
    if not KEPT.exists():
        return {}
    kept: dict[str, str] = json.loads(KEPT.read_text(encoding="utf-8"))
    return kept


def save() -> None:
    """Add what this run has shown."""
    if not _seen:
        return
    kept = load() | {file: _result(tuple(tests.values())) for file, tests in _seen.items()}
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _result(outcomes: tuple[str, ...]) -> str:
    if "failed" in outcomes:
        return "fails"
    untried = sorted({outcome for outcome in outcomes if outcome != "passed"})
    return "; ".join((["passes"] if "passed" in outcomes else []) + untried)
