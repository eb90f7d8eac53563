# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""When an access token is renewed: about half-way, so that an outage of the other half goes unnoticed."""

from dataclasses import dataclass, field

HALF = 0.5
SPREAD = 0.1


@dataclass(frozen=True)
class RenewalSchedule:
    """Times in seconds of one clock; `jitter` between 0 and 1 keeps many clients from asking at once."""

    started: float
    lifetime: float
    jitter: float

    @property
    def renew_at(self) -> float:
        """The moment from which a renewal is worth its request."""
        return self.started + self.lifetime * (HALF + SPREAD * (2 * self.jitter - 1))

    @property
    def ends_at(self) -> float:
        """The moment from which the token is refused."""
        return self.started + self.lifetime

    def due(self, now: float) -> bool:
        """Whether to renew; a clock that went back means that nothing is known, so yes."""
        return not self.started <= now < self.renew_at

    def over(self, now: float) -> bool:
        """Whether the token is worth nothing any more."""
        return not self.started <= now < self.ends_at


@dataclass(frozen=True)
class HeldToken:
    """An access token in memory, of one account, named as its refresh token is."""

    owner: str
    token: str = field(repr=False)
    schedule: RenewalSchedule
