# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Mails about memberships and roles; each says what to do next."""

import smtplib
from collections.abc import Iterable
from typing import Any, Protocol

from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string

from connect_center.accounts.language import speaking_to
from connect_center.accounts.models import User
from connect_center.organisations.access import administrators_for
from connect_center.organisations.invited import open_invitations, path_of
from connect_center.organisations.models import Invitation, Membership, RoleRequest


class Sender(Protocol):
    """Who writes, and where this Center is: a request, or what was noted of one."""

    @property
    def user(self) -> Any: ...

    def build_absolute_uri(self, location: str | None = None) -> str: ...


def _letter(request: Sender, name: str, to: User, **facts: object) -> EmailMessage:
    """In the receiver's language; the template's first line is the subject."""
    context = {"to": to, "center": request.build_absolute_uri("/"), **facts}
    with speaking_to(to, request.user):
        text = render_to_string(f"organisations/letters/{name}.txt", context)
    subject, _, body = text.strip().partition("\n")
    return EmailMessage(subject.strip(), body.strip() + "\n", to=[to.email])


def added(request: Sender, memberships: Iterable[Membership]) -> list[EmailMessage]:
    """To people whom an administrator registered."""
    people = list(memberships)
    invitations = open_invitations(people)
    return [
        _letter(request, "added", one.user, membership=one, by=request.user)
        if one.user_id not in invitations
        else invited(request, one, invitations[one.user_id])
        for one in people
    ]


def invited(request: Sender, membership: Membership, invitation: Invitation) -> EmailMessage:
    """To somebody who has never come; it says until when the link holds."""
    link = request.build_absolute_uri(path_of(invitation))
    facts = {"membership": membership, "by": request.user, "invitation": invitation, "link": link}
    return _letter(request, "added", membership.user, **facts)


def approved(request: Sender, membership: Membership) -> list[EmailMessage]:
    """To a member who need not wait any longer."""
    return [_letter(request, "approved", membership.user, membership=membership)]


def waiting(request: Sender, membership: Membership) -> list[EmailMessage]:
    """To the administrators: somebody waits."""
    return [
        _letter(request, "waiting", one, membership=membership) for one in administrators_for(membership.user)
    ]


def role_requested(request: Sender, asked: RoleRequest) -> list[EmailMessage]:
    """To the administrators: somebody asks for a role."""
    people = administrators_for(asked.membership.user)
    return [_letter(request, "role_requested", one, asked=asked) for one in people]


def role_decided(request: Sender, asked: RoleRequest) -> list[EmailMessage]:
    """To the member who asked for a role."""
    return [_letter(request, "role_decided", asked.membership.user, asked=asked)]


def send(letters: list[EmailMessage]) -> bool:
    """Send over one connection; False when the mail server did not take them, which undoes nothing."""
    try:
        get_connection().send_messages(letters)
    except (OSError, smtplib.SMTPException):
        return False
    return True
