# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What was installed here, when, and how it ended."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

INSTALLED = "installed"


@dataclass(frozen=True)
class HistoryEntry:
    """One operation: `outcome` is `installed` or the code of the error; versions are texts as found.

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
