# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A member asks for the role for downloads; the Account Administrators are told by mail."""

from django.http import HttpRequest

from connect_center.organisations import letters
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
        letters.send(letters.role_requested(request, asked))
    return new
