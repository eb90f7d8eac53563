# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is known of one account, and what follows from it at a moment; asks nobody."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from connection_client.domain.accounts import Account
from connection_client.domain.entitlements import Entitlement, Refusal
from connection_client.launch.ports import SignedAnswers

CLOCK_LEEWAY = timedelta(minutes=5)
_MARK_EVERY = timedelta(minutes=10)  # how often the clock's reading is kept


@dataclass(frozen=True)
class Held:
    """The Center's answers of one account, checked; `answers` is None where it never answered."""

    account: Account
    answers: SignedAnswers | None
    checked: Mapping[str, Entitlement]

    def is_of(self, account: Account) -> bool:
        """Whether it is that person's; everything but the two names may have changed."""
        return (self.account.issuer, self.account.subject) == (account.issuer, account.subject)

    def judged(self, product_id: str, now: datetime, level: int = 0) -> Entitlement:
        """The answer for a product, and a level of its features, at that time."""
        answers = self.answers
        if answers is None:
            return Entitlement(product_id, entitled=False, reason=Refusal.NOT_CONFIRMED)
        known = self.checked.get(product_id)
        if known is None:
            missing = Refusal.NOT_CONFIRMED if product_id in answers.tokens else Refusal.NO_LICENCE
            return Entitlement(product_id, False, None, missing, answers.confirmed_at)  # noqa: FBT003  # a field
        if now < answers.latest - CLOCK_LEEWAY or _issued_later(known, now):
            return replace(known, entitled=False, reason=Refusal.CLOCK_WRONG)
        if known.entitled and known.until is not None and known.until <= now:
            return replace(known, entitled=False, reason=Refusal.NOT_CONFIRMED)
        if known.entitled and known.level is not None and level > known.level:
            return replace(known, entitled=False, reason=Refusal.FEATURE_LEVEL)
        return known

    def may_be_kept(self, now: datetime) -> bool:
        """Whether "nothing new" would do: all answers are genuine and in the first half of their life.

        From half of its life on each is asked for anew, so that nothing that stands between, and no Center
        that is wrong about it, can let one end while the Center can be asked.
        """
        answers = self.answers
        if answers is None or not answers.etag or self.checked.keys() != answers.tokens.keys():
            return False
        return all(_is_young(one, now) for one in self.checked.values())

    def mark_is_due(self, now: datetime) -> bool:
        """Whether it is time to keep what the clock shows."""
        return self.answers is not None and now - self.answers.latest >= _MARK_EVERY

    def marked(self, now: datetime) -> "Held":
        """The same, with the clock's reading: setting it back will be noticed."""
        return self if self.answers is None else replace(self, answers=replace(self.answers, latest=now))

    def says_the_same_as(self, other: "Held | None") -> bool:
        """Whether there is no news; that it was confirmed once more is none."""
        return other is not None and self._said() == other._said()  # noqa: SLF001  # of the same class

    def _said(self) -> dict[str, tuple[object, ...]]:
        return {product: (one.entitled, one.reason, one.level) for product, one in self.checked.items()}


def _is_young(known: Entitlement, now: datetime) -> bool:
    issued, until = known.confirmed_at, known.until
    return issued is not None and until is not None and now < issued + (until - issued) / 2


def _issued_later(known: Entitlement, now: datetime) -> bool:
    return known.confirmed_at is not None and known.confirmed_at > now + CLOCK_LEEWAY
