# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What every page shows about the signed-in user's organisation."""

from django.conf import settings
from django.http import HttpRequest

from connect_center.organisations.access import membership_of


def organisation(request: HttpRequest) -> dict[str, object]:
    """Template context: the membership, and whether mails are read at /mail/."""
    user = getattr(request, "user", None)
    return {
        "own_membership": membership_of(user) if user is not None else None,
        "mails_are_here": settings.CENTER_KEEPS_MAILS,
    }
