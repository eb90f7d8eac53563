# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What was installed here, when, and how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from connection_client.domain.installed import OWN_PRODUCT
from connection_client.domain.versions import Order, Version, compare

INSTALLED = "installed"
STARTED = "started"
FAILED = "installer-failed"
_ENDS_WITHIN = timedelta(minutes=10)  # the client's own setup gives up long before


@dataclass(frozen=True)
class HistoryEntry:
    """One operation: `outcome` is `installed` or the code of the error; versions are texts as found.

    `started` is the client's own setup, of which nobody was left to hear the end; `after` is its version.

    `restart`: the installer wanted the computer to be started anew.
    """

    at: datetime
    product_id: str
    name: str
    before: str
    after: str
    outcome: str
    log: Path | None = None
    restart: bool = False


class History(Protocol):
    """Keeps the operations of this person on this computer."""

    def add(self, entry: HistoryEntry) -> None:
        """Keep one more."""
        ...

    def entries(self) -> tuple[HistoryEntry, ...]:
        """All that were kept, newest first."""
        ...


def settled(entries: Sequence[HistoryEntry], version: str, now: datetime) -> tuple[HistoryEntry, ...]:
    """`entries` (newest first), where it is known by now how setups of the client itself have ended.

    A setup moved the client where the next operation found its version, or this program has that `version`;
    it failed where neither is so after some minutes.
    """
    settling: list[HistoryEntry] = []
    found, newest = version, True
    for entry in entries:
        mine = entry.product_id == OWN_PRODUCT
        settling.append(_settled(entry, found, now, newest=newest) if mine else entry)
        if mine:
            found, newest = entry.before, False
    return tuple(settling)


def _settled(entry: HistoryEntry, found: str, now: datetime, *, newest: bool) -> HistoryEntry:
    if entry.outcome != STARTED:
        return entry
    if compare(Version.parse(found), Version.parse(entry.after)) is Order.SAME:
        return replace(entry, outcome=INSTALLED)
    if newest and now - entry.at < _ENDS_WITHIN:
        return entry
    return replace(entry, outcome=FAILED, after=entry.before)
