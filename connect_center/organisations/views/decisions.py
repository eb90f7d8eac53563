# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Decisions about one member or one request for a role, each a form that posts."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from connect_center.accounts.models import User
from connect_center.organisations import letters, members
from connect_center.organisations.access import administrator_required
from connect_center.organisations.models import Membership, Role
from connect_center.organisations.views.users import member, open_requests

Decision = Callable[[User, Membership, Role | None], None]


def _role(role: Role | None) -> Role:
    if role is None:
        raise members.NotPossible(_("Choose a role."))
    return role


DECISIONS: dict[str, tuple[Decision, object]] = {
    "approve": (
        lambda by, one, _role: members.approve(by, one),
        lazy("%(name)s is a user of your organisation now."),
    ),
    "decline": (lambda by, one, _role: members.remove(by, one), lazy("%(name)s was declined.")),
    "suspend": (
        lambda by, one, _role: members.suspend(by, one),
        lazy("%(name)s is suspended. The roles are kept."),
    ),
    "resume": (lambda by, one, _role: members.approve(by, one), lazy("%(name)s is active again.")),
    "remove": (lambda by, one, _role: members.remove(by, one), lazy("%(name)s was removed.")),
    "grant": (
        lambda by, one, role: members.grant(by, one, _role(role)),
        lazy("%(name)s has the role “%(role)s” now."),
    ),
    "withdraw": (
        lambda by, one, role: members.withdraw(by, one, _role(role)),
        lazy("%(name)s does not have the role “%(role)s” any longer."),
    ),
    "make-administrator": (
        lambda by, one, _role: members.set_administrator(by, one, administrator=True),
        lazy("%(name)s is an Account Administrator now."),
    ),
    "make-member": (
        lambda by, one, _role: members.set_administrator(by, one, administrator=False),
        lazy("%(name)s is not an Account Administrator any longer."),
    ),
}
LEAVES_THE_LIST = {"decline", "remove"}


@require_POST
@administrator_required
def decide(request: HttpRequest, own: Membership, subject: uuid.UUID, decision: str) -> HttpResponse:
    """Carry out one decision about one member and say what came of it."""
    one = member(own, subject)
    if decision not in DECISIONS:
        raise Http404
    act, sentence = DECISIONS[decision]
    role = _posted_role(request)
    try:
        act(own.user, one, role)
    except members.NotPossible as refusal:
        messages.error(request, str(refusal))
        return redirect("user", subject)
    messages.success(request, str(sentence) % {"name": one.user.name, "role": role.label if role else ""})
    if decision == "approve" and not letters.send(letters.approved(request, one)):
        messages.warning(request, _("The mail about it could not be sent."))
    return redirect("users") if decision in LEAVES_THE_LIST | {"approve"} else redirect("user", subject)


def _posted_role(request: HttpRequest) -> Role | None:
    name = request.POST.get("role", "")
    return Role(name) if name in Role.values else None


@require_POST
@administrator_required
def answer(request: HttpRequest, own: Membership, number: int, answer: str) -> HttpResponse:
    """Approve or decline a request for a role."""
    asked = get_object_or_404(open_requests(own), pk=number)
    members.decide(own.user, asked, approved=answer == "approve")
    asked.refresh_from_db()
    facts = {"name": asked.membership.user.name, "role": asked.get_role_display()}
    if answer == "approve":
        messages.success(request, _("%(name)s has the role “%(role)s” now.") % facts)
    else:
        messages.success(request, _("The request of %(name)s was declined.") % facts)
    if not letters.send(letters.role_decided(request, asked)):
        messages.warning(request, _("The mail about it could not be sent."))
    return redirect("users")
