# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What an update costs and brings, in a few words: its size and time, its rights, what starts anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from connection_client.domain.catalogue import Severity
from connection_client.domain.language import N_, _, ngettext
from connection_client.domain.recommendations import Blocker, Reason, Restart
from connection_client.domain.sizes import readable_size
from connection_client.ui.phrases import in_its_way

if TYPE_CHECKING:
    from connection_client.domain.recommendations import Recommendation

_MINUTE, _HOUR = 60, 3600
_REASONS = {
    Reason.SECURITY: N_("closes a security gap"),
    Reason.END_OF_SUPPORT: N_("your version is no longer looked after"),
    Reason.WITHDRAWN: N_("your version was withdrawn"),
}
_RESTARTS = {
    # L10N: what an update does, said after its size: in the middle of a sentence
    Restart.COMPUTER: N_("restarts the computer"),
    Restart.PERHAPS: N_("may restart the computer"),
    Restart.CLIENT: N_("restarts CONNECTION Client"),
}


def bytes_of(recommendations: Iterable[Recommendation]) -> int:
    """What all of them load; a package that several need is loaded once."""
    packages = {one.path: one for wanted in recommendations for one in wanted.chain or (wanted.package,)}
    return sum(package.length for package in packages.values())


def size_and_time(count: int, pace: float) -> str:
    """`312 MB in about 2 min` at `pace` bytes a second; the size alone where nothing was measured."""
    size = readable_size(count)
    if pace <= 0:
        return size
    # L10N: how much is downloaded in which time, as in "312 MB in about 2 min"
    return _("{size} in about {time}").format(size=size, time=span(count / pace))


def span(seconds: float) -> str:
    """`40 s`, `2 min`, `1 hour`."""
    # L10N: a no-break space before the unit
    if seconds < _MINUTE:
        return _("{count}\u00a0s").format(count=max(1, round(seconds)))
    if round(seconds / _MINUTE) < _HOUR / _MINUTE:
        return _("{count}\u00a0min").format(count=round(seconds / _MINUTE))
    hours = round(seconds / _HOUR)
    return ngettext("{count}\u00a0hour", "{count}\u00a0hours", hours).format(count=hours)


def is_critical(wanted: Recommendation | None) -> bool:
    """Whether the publisher says that it cannot wait."""
    return wanted is not None and wanted.severity is Severity.CRITICAL


def costs(wanted: Recommendation, pace: float) -> str:
    """How much it matters, where it does, and what it loads."""
    size = size_and_time(bytes_of([wanted]), pace)
    # L10N: before the size of an update that cannot wait
    return ", ".join([*([_("Important")] if is_critical(wanted) else []), size])


def facts(wanted: Recommendation) -> str:
    """Why now, what is in the way, and what it asks for, as one sentence without a stop; or nothing."""
    said = [_(text) for reason, text in _REASONS.items() if reason in wanted.reasons][:1]
    said += in_its_way(wanted)
    if wanted.needs_rights and Blocker.NEEDS_RIGHTS not in wanted.blockers:
        said.append(_("needs administrator rights"))
    if wanted.restart in _RESTARTS:
        said.append(_(_RESTARTS[wanted.restart]))
    text = ", ".join(said)
    return text[:1].upper() + text[1:]
