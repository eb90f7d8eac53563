# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""How setups of the client itself have ended, of which nobody was left to hear: told from what came after."""

from datetime import UTC, datetime, timedelta

from connection_client.domain.installed import OWN_PRODUCT
from connection_client.updates.history import INSTALLED, STARTED, HistoryEntry, settled

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def entry(before: str, after: str, outcome: str = STARTED, product: str = OWN_PRODUCT) -> HistoryEntry:
    return HistoryEntry(NOON, product, "CONNECTION Client", before, after, outcome)


def outcomes(*entries: HistoryEntry, version: str, minutes: float = 1) -> list[tuple[str, str]]:
    found = settled(entries, version, NOON + timedelta(minutes=minutes))
    return [(one.outcome, one.after) for one in found]


def test_the_program_that_tells_is_the_new_one() -> None:
    assert outcomes(entry("1.0.0", "1.1.0"), version="1.1.0") == [(INSTALLED, "1.1.0")]
    # Vendors write the same version in two ways.
    assert outcomes(entry("11.0.3.13", "11.00.03.14"), version="11.0.3.14") == [(INSTALLED, "11.00.03.14")]


def test_the_old_one_waits_a_while_and_then_calls_it_failed() -> None:
    assert outcomes(entry("1.0.0", "1.1.0"), version="1.0.0") == [(STARTED, "1.1.0")]
    assert outcomes(entry("1.0.0", "1.1.0"), version="1.0.0", minutes=11) == [("installer-failed", "1.0.0")]


def test_what_came_next_says_how_the_one_before_ended() -> None:
    second, first = entry("1.1.0", "1.2.0"), entry("1.0.0", "1.1.0")
    assert outcomes(second, first, version="1.1.0") == [(STARTED, "1.2.0"), (INSTALLED, "1.1.0")]
    again = entry("1.0.0", "1.1.0")
    assert outcomes(again, first, version="1.1.0") == [(INSTALLED, "1.1.0"), ("installer-failed", "1.0.0")]


def test_a_version_that_nobody_can_compare_is_no_success() -> None:
    assert outcomes(entry("one", "two"), version="two", minutes=11) == [("installer-failed", "one")]


def test_other_entries_stay_as_they_are() -> None:
    other = entry("10.1", "10.2", INSTALLED, "survey-viewer")
    refused = entry("1.0.0", "1.0.0", "needs-rights")
    assert outcomes(other, refused, version="1.0.0") == [(INSTALLED, "10.2"), ("needs-rights", "1.0.0")]
