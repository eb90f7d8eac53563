# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Until when, and why not, in words."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from connection_client.domain.entitlements import Entitlement, Refusal
from connection_client.domain.licence_words import Mark, good_until, mark_passed, refusal_reason, warning

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)  # a Tuesday


def answer(since: timedelta, until: timedelta, reason: Refusal | None = None) -> Entitlement:
    return Entitlement("p", reason is None, NOW + until, reason, NOW + since)


@pytest.mark.parametrize(
    ("since", "left", "mark"),
    [
        (timedelta(days=-1), timedelta(days=13), None),
        (timedelta(days=-7), timedelta(days=7), Mark.HALF_TIME),
        (timedelta(days=-10), timedelta(days=4), Mark.HALF_TIME),
        (timedelta(days=-11), timedelta(days=3), Mark.THREE_DAYS),
        (timedelta(days=-13), timedelta(days=1), Mark.ONE_DAY),
        (timedelta(days=-14), timedelta(), Mark.ONE_DAY),
        (timedelta(hours=-1), timedelta(hours=47), None),  # two days have no third last one
        (timedelta(hours=-24), timedelta(hours=24), Mark.ONE_DAY),
        (timedelta(hours=-1), timedelta(hours=11), None),
        (timedelta(hours=-6), timedelta(hours=6), Mark.HALF_TIME),
    ],
)
def test_marks_are_passed_one_after_the_other(since: timedelta, left: timedelta, mark: Mark | None) -> None:
    assert mark_passed(answer(since, left), NOW) is mark


def test_a_no_and_an_endless_yes_run_out_of_nothing() -> None:
    assert mark_passed(answer(timedelta(days=-7), timedelta(), Refusal.EXPIRED), NOW) is None
    assert mark_passed(Entitlement("p", entitled=True), NOW) is None
    assert (
        good_until(Entitlement("p", entitled=True), NOW)
        == warning(Entitlement("p", entitled=True), NOW)
        == ""
    )


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (timedelta(hours=2), "Good until today 14:00."),
        (timedelta(days=1, hours=2), "Good until tomorrow 14:00."),
        (timedelta(days=3, hours=2), "Good until Friday 14:00."),
        (timedelta(days=7), "Good until 2026-12-01 12:00."),
    ],
)
def test_the_end_is_told_as_people_say_it(left: timedelta, text: str) -> None:
    assert good_until(answer(timedelta(), left), NOW) == text


def test_the_end_is_told_in_the_zone_of_the_computer() -> None:
    there = NOW.astimezone(timezone(timedelta(hours=13)))
    assert good_until(answer(timedelta(), timedelta(hours=2)), there) == "Good until today 03:00."


def test_the_warning_says_what_is_left() -> None:
    assert warning(answer(timedelta(days=-1), timedelta(days=13)), NOW) == ""
    assert warning(answer(timedelta(days=-13), timedelta(hours=3)), NOW) == (
        "Less than a day left without CONNECT Center: good until today 15:00."
    )


def test_a_center_that_was_not_reached_is_told_with_its_last_time() -> None:
    old = answer(timedelta(days=-15), timedelta(days=-1), Refusal.NOT_CONFIRMED)
    assert refusal_reason(old, NOW) == (
        "CONNECT Center was not reached since 2026-11-09 12:00, and its last answer is too old"
    )
    never = Entitlement("p", entitled=False, reason=Refusal.NOT_CONFIRMED)
    assert refusal_reason(never, NOW) == "the Center could not be asked, and the last answer is too old"


@pytest.mark.parametrize("reason", list(Refusal))
def test_every_reason_has_words(reason: Refusal) -> None:
    assert refusal_reason(Entitlement("p", entitled=False, reason=reason), NOW)
