# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Which releases could not be installed, so that nothing tries them by itself again and again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

PAUSE = timedelta(days=1)
"""For so long nobody but a person tries the same release again; a newer one is another matter."""

Failed = tuple[str, str]
"""The id of a product and the text of the version that failed."""


class Failures(Protocol):
    """Keeps on this computer what failed when, across starts of the program."""

    def waits(self, product_id: str, version: str, now: datetime) -> bool:
        """Whether this very release failed within the last day, at once."""
        ...

    def note(self, product_id: str, version: str, at: datetime) -> None:
        """It failed at `at` (aware), which counts at once."""
        ...

    def keep(self) -> None:
        """Bring what was noted to the disk; raises FolderNotWritable."""
        ...


def is_fresh(failed_at: datetime, now: datetime) -> bool:
    """Whether it is too soon; a moment that has yet to come is that of a clock that was set back."""
    return timedelta() <= now - failed_at < PAUSE


class InMemory:
    """Implements `Failures` for a program that nothing survives."""

    def __init__(self, failed: Mapping[Failed, datetime] | None = None) -> None:
        self.failed: dict[Failed, datetime] = dict(failed or {})

    def waits(self, product_id: str, version: str, now: datetime) -> bool:
        """As the port says."""
        at = self.failed.get((product_id, version))
        return at is not None and is_fresh(at, now)

    def note(self, product_id: str, version: str, at: datetime) -> None:
        """As the port says."""
        self.failed[product_id, version] = at

    def keep(self) -> None:
        """There is no disk."""
