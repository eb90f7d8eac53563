# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A member asks for the role for downloads; the Account Administrators are told by mail."""

from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string

from connect_center.accounts.language import speaking_to
from connect_center.accounts.models import User
from connect_center.organisations import letters, members
from connect_center.organisations.access import administrators_for
from connect_center.organisations.models import Membership, Role, RoleRequest


def open_request(membership: Membership) -> RoleRequest | None:
    """The request that waits for a decision, or None."""
    return membership.role_requests.filter(role=Role.DOWNLOAD, state=RoleRequest.State.OPEN).first()


def ask_for_download(request: HttpRequest, membership: Membership) -> bool:
    """Make a request and tell the administrators; False when one is open already."""
    asked, new = RoleRequest.objects.get_or_create(
        membership=membership, role=Role.DOWNLOAD, state=RoleRequest.State.OPEN
    )
    if new:
        members.record(
            membership.user, membership.organisation, members.Action.ASKED, membership.user, Role.DOWNLOAD
        )
        letters.send([_letter(request, asked, person) for person in administrators_for(membership.user)])
    return new


def _letter(request: HttpRequest, asked: RoleRequest, to: User) -> EmailMessage:
    """In the receiver's language; the template's first line is the subject."""
    context = {"to": to, "asked": asked, "center": request.build_absolute_uri("/")}
    with speaking_to(to, request.user):
        text = render_to_string("delivery/role_asked.txt", context)
    subject, _, body = text.strip().partition("\n")
    return EmailMessage(
        subject.strip(), body.strip() + "\n", to=[to.email], reply_to=[asked.membership.user.email]
    )
