# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The link of an invitation, and sending one again."""

import uuid

from allauth.account.forms import ResetPasswordKeyForm
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from connect_center.accounts.models import User
from connect_center.organisations import letters, members
from connect_center.organisations.access import administrator_required
from connect_center.organisations.coming import come
from connect_center.organisations.federation import provider_of
from connect_center.organisations.invited import found_by, invite, is_awaited, open_invitations
from connect_center.organisations.models import Invitation, Membership
from connect_center.organisations.views.users import member


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """/invitation/…/: create the password; or what became of the invitation, and whom to ask."""
    found = found_by(token)
    if found is None or found.end or found.is_over:
        return _ended(request, found)
    if provider_of(found.user.email) is not None:  # passwords are the own provider's matter
        return redirect("account_login")
    form = ResetPasswordKeyForm(request.POST or None, user=found.user)
    if request.method == "POST" and form.is_valid():
        if not _kept(found, form):
            return redirect("invitation", token)
        messages.success(request, _("Your password is saved. Sign in with it."))
        return redirect("account_login")
    return render(request, "organisations/invitation.html", {"invitation": found, "form": form})


@transaction.atomic
def _kept(found: Invitation, form: ResetPasswordKeyForm) -> bool:
    """Save the password, which accepts the invitation, unless that was ended meanwhile."""
    living = Invitation.objects.select_for_update().filter(pk=found.pk, end="").exists()
    if living:
        form.save()
        come(found.user)
    return living


def _ended(request: HttpRequest, found: Invitation | None) -> HttpResponse:
    membership = found and Membership.objects.filter(user=found.user, organisation=found.organisation).first()
    context = {
        "invitation": found,
        "administrators": _administrators(found),
        "is_user": membership is not None and found is not None and not is_awaited(found.user),
    }
    return render(request, "organisations/invitation_ended.html", context, status=410 if found else 404)


def _administrators(found: Invitation | None) -> list[User]:
    """Whom to ask: the Account Administrators of the organisation that invited."""
    if found is None:
        return []
    asked = found.organisation.memberships.filter(is_administrator=True, state=Membership.State.ACTIVE)
    return [one.user for one in asked.select_related("user").order_by("user__name")]


@require_POST
@administrator_required
def invite_again(request: HttpRequest, own: Membership, subject: uuid.UUID) -> HttpResponse:
    """POST /users/…/invite-again/: a new link by mail; the old one holds no longer."""
    one = member(own, subject)
    with transaction.atomic():
        invite(own.user, [one])
        sent = open_invitations([one]).get(one.user_id)
        if sent is not None:
            members.record(own.user, own.organisation, members.Action.INVITED_AGAIN, one.user)
    if sent is None:
        messages.error(
            request, _("%(name)s has come already and needs no invitation.") % {"name": one.user.name}
        )
    elif letters.send([letters.invited(request, one, sent)]):
        messages.success(
            request,
            _("A new invitation was sent to %(email)s. The old link holds no longer.")
            % {"email": one.user.email},
        )
    else:
        messages.warning(request, _("The invitation could not be sent by mail. Send it again later."))
    return redirect("user", subject)
