# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Decides for one person and one product. The reasons are codes that the client puts into words."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from django.db.models import Max

from connect_center.accounts.models import User
from connect_center.delivery.models import Package, Product
from connect_center.entitlements.models import OFFLINE_DAYS, Licence, OfflineAllowance
from connect_center.organisations.access import membership_of
from connect_center.organisations.models import Membership, Organisation

_POLICY_DAYS = 30
_REFUSAL_HOLDS = timedelta(days=1)  # a right that was granted meanwhile shall be seen soon


class Refusal(StrEnum):
    """Why a product may not be used."""

    NO_LICENCE = "no-licence"
    WRONG_COUNTRY = "wrong-country"
    EXPIRED = "expired"
    SEATS_TAKEN = "seats-taken"
    SUSPENDED = "organisation-suspended"
    NO_ORGANISATION = "no-organisation"


@dataclass(frozen=True)
class Decision:
    """The answer for one product; `until` (aware) is how long it holds without the Center.

    `level` is the highest level of features that is included (None: all).
    """

    product: str
    until: datetime
    refusal: Refusal | None = None
    level: int | None = None


def decisions(user: User, now: datetime) -> list[Decision]:
    """The answers for every product that the Center knows, by product; what is public needs no licence."""
    membership = membership_of(user)
    licences = {licence.product_id: licence for licence in _licences(membership)}
    allowed = now + offline_time(membership.organisation if membership else None)
    public = _public_products()
    found = []
    for product in Product.objects.order_by("code"):
        licence = licences.get(product.pk)
        refusal = None if product.pk in public else _refusal(user, membership, licence, now)
        found.append(_decision(product, refusal, licence, now, allowed))
    return found


def offline_time(organisation: Organisation | None) -> timedelta:
    """How long an answer holds without the Center."""
    allowance = OfflineAllowance.objects.filter(organisation=organisation).first() if organisation else None
    return timedelta(days=allowance.days if allowance else OFFLINE_DAYS)


def longest_offline_time() -> timedelta:
    """How long any answer of this kind holds, of whatever organisation; update policies hold 30 days."""
    most = OfflineAllowance.objects.aggregate(most=Max("days"))["most"] or 0
    return timedelta(days=max(most, OFFLINE_DAYS, _POLICY_DAYS))


def is_bound_to_device(user: User) -> bool:
    """Whether the person's organisation wants answers that hold on one computer only."""
    membership = membership_of(user)
    return (
        membership is not None
        and OfflineAllowance.objects.filter(
            organisation=membership.organisation, bound_to_device=True
        ).exists()
    )


def _licences(membership: Membership | None) -> list[Licence]:
    return list(Licence.objects.filter(organisation=membership.organisation)) if membership else []


def _public_products() -> set[int]:
    """Products that anybody may download, such as the client itself."""
    packages = Package.objects.values_list("release__product_id", flat=True)
    return set(packages.filter(public=True)) - set(packages.filter(public=False))


def _decision(
    product: Product, refusal: Refusal | None, licence: Licence | None, now: datetime, allowed: datetime
) -> Decision:
    if refusal is not None:
        return Decision(product.code, now + _REFUSAL_HOLDS, refusal)
    end = _end(licence)
    level = licence.level if licence else None
    return Decision(product.code, min(allowed, end) if end else allowed, level=level)


def _refusal(
    user: User, membership: Membership | None, licence: Licence | None, now: datetime
) -> Refusal | None:
    if membership is not None and membership.organisation.suspended:
        return Refusal.SUSPENDED
    if membership is None or not membership.is_active:
        return Refusal.NO_ORGANISATION
    if licence is None or licence.starts > now.date():
        return Refusal.NO_LICENCE
    return _refusal_by_terms(licence, user.country or membership.organisation.country, membership, now)


def _refusal_by_terms(
    licence: Licence, country: str, membership: Membership, now: datetime
) -> Refusal | None:
    end = _end(licence)
    if end is not None and end <= now:
        return Refusal.EXPIRED
    if licence.countries and country not in licence.countries:
        return Refusal.WRONG_COUNTRY
    if licence.seats is not None and not _has_seat(membership, licence.seats):
        return Refusal.SEATS_TAKEN
    return None


def _end(licence: Licence | None) -> datetime | None:
    """The moment after the last day (UTC)."""
    if licence is None or licence.ends is None:
        return None
    return datetime.combine(licence.ends, time.min, UTC) + timedelta(days=1)


def _has_seat(membership: Membership, seats: int) -> bool:
    """Seats belong to the active members who joined first, so that asking takes nobody's seat away."""
    earlier = Membership.objects.filter(
        organisation=membership.organisation, state=Membership.State.ACTIVE, pk__lt=membership.pk
    )
    return earlier.count() < seats
