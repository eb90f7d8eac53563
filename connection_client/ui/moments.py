# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Moments and spans as people say them."""

from __future__ import annotations

import re
from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale

from connection_client.domain.language import _, ngettext

_WEEKDAY = re.compile(r"[,،]?\s*dddd[,،]?\s*")
_MINUTE, _HOUR, _WEEK = 60, 3600, 7


def moment(when: datetime, now: datetime) -> str:
    """`today 14:02`, `tomorrow 14:00`, `Friday 14:00`, or the date; in the zone of `now`."""
    local = when.astimezone(now.tzinfo)
    clock = local.strftime("%H:%M")
    days = (local.date() - now.date()).days
    if days == 0:
        return _("today {time}").format(time=clock)
    if days == 1:
        return _("tomorrow {time}").format(time=clock)
    if days == -1:
        return _("yesterday {time}").format(time=clock)
    if 0 < days < _WEEK:
        return f"{QLocale().dayName(local.isoweekday())} {clock}"
    return day(local)


def day(when: date) -> str:
    """The date alone, in the locale's words: `17 November 2026`, never a row of numbers to be guessed at."""
    locale = QLocale()
    words = _WEEKDAY.sub("", locale.dateFormat(QLocale.FormatType.LongFormat))
    return locale.toString(QDate(when.year, when.month, when.day), words)


def time_left(seconds: float) -> str:
    """`40 s left`, `2 min left`, `1 h left`."""
    if seconds < _MINUTE:
        return _("{count} s left").format(count=max(1, round(seconds)))
    if seconds < _HOUR:
        return _("{count} min left").format(count=round(seconds / _MINUTE))
    return ngettext("{count} hour left", "{count} hours left", round(seconds / _HOUR)).format(
        count=round(seconds / _HOUR)
    )
