# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the person decided about updates, and what this computer learned about releases."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Unmoved:
    """A release whose installer left `found` in place; not offered again while `found` stays."""

    product_id: str
    version: str
    found: str


@dataclass(frozen=True)
class Choices:
    """Skipped releases as (product, version), reminders by product, products that are left alone.

    `computer` is a random id of this computer, made here and never sent: it only spreads rollouts.
    """

    computer: str
    skipped: frozenset[tuple[str, str]] = frozenset()
    remind_at: tuple[tuple[str, datetime], ...] = ()
    ignored: frozenset[str] = frozenset()
    unmoved: frozenset[Unmoved] = field(default=frozenset())

    def waits(self, product_id: str, now: datetime) -> bool:
        """Whether the person asked to be reminded later than `now`."""
        return any(product == product_id and now < at for product, at in self.remind_at)


class ChoiceStore(Protocol):
    """Keeps the choices on this computer; two processes may change them."""

    def read(self) -> Choices:
        """The choices as they are now."""
        ...

    def skip(self, product_id: str, version: str) -> None:
        """Do not offer this release again."""
        ...

    def offer_again(self, product_id: str) -> None:
        """Offer every release of the product again that was skipped."""
        ...

    def remind(self, product_id: str, at: datetime | None) -> None:
        """Say nothing about the product before `at`, which is aware; None takes that back."""
        ...

    def ignore(self, product_id: str, *, ignored: bool) -> None:
        """Leave the product alone, or look after it again."""
        ...

    def remember_unmoved(self, unmoved: Unmoved) -> None:
        """Keep that this release did not move the version."""
        ...
