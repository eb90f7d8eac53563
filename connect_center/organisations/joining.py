# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""How people who register alone come to their organisation, once their address is confirmed."""

from typing import Any

from allauth.account.signals import email_confirmed, user_signed_up
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from connect_center.accounts.models import User
from connect_center.organisations import letters, members
from connect_center.organisations.models import Domain, Membership, Organisation


@receiver(email_confirmed)
def _address_confirmed(request: HttpRequest, email_address: Any, **_signal: Any) -> None:
    _join_and_tell(request, email_address.user)


@receiver(user_signed_up)
def _came_from_own_provider(request: HttpRequest, user: User, **signal: Any) -> None:
    """The organisation's own provider vouches for the address: nothing is left to confirm."""
    if "sociallogin" in signal:
        _join_and_tell(request, user)


def _join_and_tell(request: HttpRequest, user: User) -> None:
    membership = join(user)
    if membership is not None and membership.state == Membership.State.WAITING:
        letters.send(letters.waiting(request, membership))


@transaction.atomic
def join(user: User) -> Membership | None:
    """The membership that follows from the address's domain or the organisation named at registration.

    A domain may let people in at once; a name alone, which anybody can type, only makes them wait.
    """
    if Membership.objects.filter(user=user).exists():
        return None
    domain = Domain.objects.select_related("organisation").filter(name=user.email.rpartition("@")[2]).first()
    organisation = domain.organisation if domain else _named(user.requested_organisation)
    if organisation is None:
        return None
    membership = Membership.objects.create(user=user, organisation=organisation)
    members.record(user, organisation, members.Action.REGISTERED, user)
    if domain and domain.approves:
        members.approve(None, membership)
    return membership


def _named(name: str) -> Organisation | None:
    return Organisation.objects.filter(name__iexact=name).first() if name else None
