# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Byte counts as the client and file managers write them: three digits, decimal units."""

from django.template import Library
from django.utils.formats import number_format
from django.utils.translation import ngettext

register = Library()
_UNITS = ("", "kB", "MB", "GB", "TB")
_STEP = 1000


@register.filter
def readable_size(count: int) -> str:
    """`312_400_000` is `312 MB`."""
    amount, unit = float(count), 0
    while round(amount) >= _STEP and unit < len(_UNITS) - 1:
        amount, unit = amount / _STEP, unit + 1
    if not unit:
        return ngettext("%(count)s byte", "%(count)s bytes", count) % {"count": count}
    digits = 1 if amount < 10 else 0  # noqa: PLR2004  # 9.5 MB, but 95 MB
    return f"{number_format(amount, digits)} {_UNITS[unit]}"
