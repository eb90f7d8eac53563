# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What an organisation decided about updates: who gets them when, and at what hours they install."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Protocol

from connection_client.domain.catalogue import Release, Severity


@dataclass(frozen=True)
class Window:
    """Hours of local time; an end before the begin lies on the next morning. Days count from Monday, 0."""

    begins: time
    ends: time
    days: frozenset[int] = frozenset(range(7))

    def holds(self, local: datetime) -> bool:
        """Whether the moment lies inside; what begins on a day belongs to it after midnight, too."""
        at, today = local.time().replace(tzinfo=None), local.weekday()
        if self.begins < self.ends:
            return today in self.days and self.begins <= at < self.ends
        return (today in self.days and at >= self.begins) or ((today - 1) % 7 in self.days and at < self.ends)


@dataclass(frozen=True)
class Rule:
    """For one product, or for all where `product_id` is empty.

    A release is offered `minimum_age_days` after its date, and to a ring by so many days later as `ring_days`
    says; a critical one at once, and of a `hidden` product nothing. From `deadline_days` after its date on it
    is urgent, at any hour.
    """

    product_id: str = ""
    channels: frozenset[str] = frozenset()
    minimum_age_days: int = 0
    ring_days: Mapping[str, int] = field(default_factory=dict)
    window: Window | None = None
    deadline_days: int | None = None
    on_hold: bool = False
    hidden: bool = False

    def offered_from(self, release: Release, ring: str) -> date:
        """The first day on which this ring gets the release."""
        if release.severity is Severity.CRITICAL:
            return release.date
        return release.date + timedelta(days=self.minimum_age_days + self.ring_days.get(ring, 0))

    def is_due(self, release: Release, today: date) -> bool:
        """Whether the organisation wants it installed by now."""
        return self.deadline_days is not None and release.date + timedelta(days=self.deadline_days) <= today


_NO_RULE = Rule()


@dataclass(frozen=True)
class UpdatePolicy:
    """The rules of the organisation; `ring` is the one that this computer belongs to."""

    rules: tuple[Rule, ...] = ()
    ring: str = ""

    def rule_of(self, product_id: str) -> Rule:
        """The rule for a product, else the one for all."""
        own = next((rule for rule in self.rules if rule.product_id == product_id), None)
        return own or next((rule for rule in self.rules if not rule.product_id), _NO_RULE)


@dataclass(frozen=True)
class Decided:
    """The rules as `organisation` decided them: signed on the day of `since`, to be renewed by `until`."""

    rules: tuple[Rule, ...]
    organisation: str
    since: datetime
    until: datetime


class PolicyKeeper(Protocol):
    """Where the decision of the organisation lies."""

    def decided(self) -> Decided | None:
        """What was kept, as it was signed; None for nothing. Raises PolicyNotGenuine."""
        ...


class NoPolicy:
    """Implements `PolicyKeeper` for a program without an organisation."""

    def decided(self) -> Decided | None:
        """Nothing."""
        return None


class PolicySource(Protocol):
    """Where the organisation's policy comes from."""

    def current(self) -> UpdatePolicy:
        """The one that was read last, at once; one without rules where there never was any."""
        ...

    def refresh(self) -> None:
        """Ask for the newest; raises NetworkError or SignInError, and the last one holds."""
        ...
