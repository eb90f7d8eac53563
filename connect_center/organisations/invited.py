# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Invitations: made when an administrator registers somebody, ended by coming, by time, or by withdrawal.

The link holds the invitation's number, signed: whoever reads the database cannot make one.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from connect_center.accounts.models import User
from connect_center.organisations.models import Invitation, Membership

_SIGNER = signing.Signer(salt="center.invitation")
_AT_ONCE = 500


def invite(actor: User | None, memberships: Sequence[Membership]) -> None:
    """A new invitation for each member who has never come; the one there was holds no longer.

    The Center's operator sends no mails, so without `actor` nobody is invited.
    """
    awaited = [one for one in memberships if actor is not None and is_awaited(one.user)]
    Invitation.objects.filter(user__in=[one.user_id for one in awaited], end="").update(
        end=Invitation.End.REPLACED
    )
    until = timezone.now() + timedelta(days=settings.CENTER_INVITATION_DAYS)
    Invitation.objects.bulk_create(
        Invitation(user=one.user, organisation_id=one.organisation_id, sent_by=actor, expires_at=until)
        for one in awaited
    )


def is_awaited(user: User) -> bool:
    """Whether this person has never signed in and has nothing to sign in with."""
    return user.last_login is None and not user.has_usable_password()


def end_invitation(user_id: int, end: Invitation.End) -> bool:
    """End the open invitation of a person; whether there was one."""
    return bool(Invitation.objects.filter(user_id=user_id, end="").update(end=end))


def open_invitations(memberships: Sequence[Membership]) -> dict[int, Invitation]:
    """The invitations that were not ended (their time may be over), by the number of the user."""
    numbers = [one.user_id for one in memberships]
    parts = (numbers[start : start + _AT_ONCE] for start in range(0, len(numbers), _AT_ONCE))
    return {
        one.user_id: one
        for part in parts
        for one in Invitation.objects.filter(user__in=part, end="").select_related("sent_by")
    }


def path_of(invitation: Invitation) -> str:
    """The link's path."""
    return reverse("invitation", args=[_SIGNER.sign(invitation.pk.hex)])


def found_by(token: str) -> Invitation | None:
    """The invitation of a link, ended or not; None for a link that nobody sent."""
    try:
        number = _SIGNER.unsign(token)
    except signing.BadSignature:
        return None
    return Invitation.objects.select_related("user", "organisation", "sent_by").filter(pk=number).first()
