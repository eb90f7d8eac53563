# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""An invited person comes: in time, and is in; or too late, and waits for an administrator."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from connect_center.accounts.models import User
from connect_center.organisations import letters, members
from connect_center.organisations.invited import end_invitation
from connect_center.organisations.models import Invitation, Membership


@receiver(user_logged_in)
def _signed_in(request: HttpRequest, user: Any, **_signal: Any) -> None:
    if isinstance(user, User):
        late = come(user)
        if late is not None:
            letters.send(letters.waiting(request, late))


@transaction.atomic
def come(user: User) -> Membership | None:
    """End the person's open invitation by coming; the membership that waits now, if it was too late."""
    invitation = Invitation.objects.select_for_update().filter(user=user, end="").first()
    membership = Membership.objects.select_related("organisation", "user").filter(user=user).first()
    if invitation is None or membership is None:
        return None
    if not invitation.is_over:
        end_invitation(user.pk, Invitation.End.ACCEPTED)
        members.record(user, membership.organisation, members.Action.ACCEPTED, user)
        return None
    end_invitation(user.pk, Invitation.End.EXPIRED)
    members.record(user, membership.organisation, members.Action.CAME_TOO_LATE, user)
    if membership.state != Membership.State.ACTIVE:
        return None
    membership.state = Membership.State.WAITING
    membership.save(update_fields=["state"])
    return membership
