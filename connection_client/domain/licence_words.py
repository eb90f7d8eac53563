# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A licence in words: until when it is good, when to see to it that it stays so, and why it is refused."""

from datetime import datetime, timedelta
from enum import StrEnum

from connection_client.domain.entitlements import REFUSAL_TEXTS, Entitlement, Refusal
from connection_client.domain.language import N_, _

_WEEK = 7
_WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


class Mark(StrEnum):
    """How far the time has run out for which an answer holds without the Center."""

    HALF_TIME = "half-time"
    THREE_DAYS = "three-days"
    ONE_DAY = "one-day"


_WARNINGS = {
    Mark.HALF_TIME: N_("Half of the time without CONNECT Center is over: good until {moment}."),
    Mark.THREE_DAYS: N_("Less than 3 days left without CONNECT Center: good until {moment}."),
    Mark.ONE_DAY: N_("Less than a day left without CONNECT Center: good until {moment}."),
}


def mark_passed(entitlement: Entitlement, now: datetime) -> Mark | None:
    """The last mark that was passed, None before the first; an answer that is a no or has no end has none.

    A mark that lies before the answer itself is left out: what holds for two days has no third last one.
    """
    until, since = entitlement.until, entitlement.confirmed_at
    if not entitlement.entitled or until is None or since is None:
        return None
    marks = (
        (until - timedelta(days=1), Mark.ONE_DAY),
        (until - timedelta(days=3), Mark.THREE_DAYS),
        (since + (until - since) / 2, Mark.HALF_TIME),
    )
    passed = [(at, mark) for at, mark in marks if since < at <= now]
    return max(passed, key=lambda pair: pair[0])[1] if passed else None


def good_until(entitlement: Entitlement, now: datetime) -> str:
    """`Good until Friday 14:00.`; empty where it is refused or has no end."""
    if not entitlement.entitled or entitlement.until is None:
        return ""
    return _("Good until {moment}.").format(moment=_moment(entitlement.until, now))


def warning(entitlement: Entitlement, now: datetime) -> str:
    """What to say from half time on; empty before."""
    mark = mark_passed(entitlement, now)
    if mark is None or entitlement.until is None:
        return ""
    return _(_WARNINGS[mark]).format(moment=_moment(entitlement.until, now))


def refusal_reason(entitlement: Entitlement, now: datetime) -> str:
    """Why it may not be used, as a part of a sentence in the person's language."""
    reason = entitlement.reason or Refusal.NOT_CONFIRMED
    if reason is Refusal.NOT_CONFIRMED and entitlement.confirmed_at is not None:
        text = _("CONNECT Center was not reached since {moment}, and its last answer is too old")
        return text.format(moment=_moment(entitlement.confirmed_at, now))
    return _(REFUSAL_TEXTS[reason])


def _moment(when: datetime, now: datetime) -> str:
    """`today 14:00`, `Friday 14:00`, or the date (ISO 8601), in the zone of `now`."""
    local = when.astimezone(now.tzinfo)
    clock = local.strftime("%H:%M")
    days = (local.date() - now.date()).days
    near = {0: _("today {time}"), 1: _("tomorrow {time}"), -1: _("yesterday {time}")}
    if days in near:
        return near[days].format(time=clock)
    if 0 < days < _WEEK:
        return f"{_(_WEEKDAYS[local.weekday()])} {clock}"
    return f"{local.date().isoformat()} {clock}"
