# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""How far a long operation is."""

from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """The steps of an installation, in order."""

    WAITING = "waiting"
    DOWNLOADING = "downloading"
    VERIFYING = "verifying"
    INSTALLING = "installing"
    DETECTING = "detecting"
    DONE = "done"


@dataclass(frozen=True)
class Progress:
    """A moment of an operation: bytes done and in all, bytes a second, seconds left (None: unknown)."""

    phase: Phase
    done: int = 0
    total: int = 0
    rate: float = 0.0
    seconds_left: float | None = None

    @property
    def fraction(self) -> float:
        """Between 0 and 1; 0 while the total is unknown."""
        return self.done / self.total if self.total else 0.0
