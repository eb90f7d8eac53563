# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""People of example organisations in the database of a test, and their access tokens."""

import secrets
from datetime import timedelta

from allauth.idp.oidc.models import Token
from django.utils import timezone

from connect_center.accounts.models import User
from connect_center.organisations import members
from connect_center.organisations.fulfilment import add_organisation
from connect_center.organisations.models import Membership, Organisation, Role


def organisation(name: str = "Lima Survey", country: str = "PT") -> Organisation:
    """An organisation with the administrator Ana of that name."""
    domain = name.lower().replace(" ", "-")
    contact = members.NewMember(email=f"ana@{domain}.example", name=f"Ana {name}", country=country)
    return add_organisation(name, country, contact).organisation


def member(of: Organisation, name: str = "Bo Berg", *, country: str = "PT", role: bool = False) -> Membership:
    """An active member, with the role for downloads or without."""
    email = f"{name.lower().replace(' ', '.')}@{of.name.lower().replace(' ', '-')}.example"
    roles = (Role.DOWNLOAD,) if role else ()
    return members.add(None, of, members.NewMember(email=email, name=name, country=country, roles=roles))


def bearer(user: User) -> dict[str, str]:
    """The header of a request with a living access token of that user."""
    value = secrets.token_urlsafe(24)
    token = Token(type=Token.Type.ACCESS_TOKEN, user=user, expires_at=timezone.now() + timedelta(minutes=5))
    token.set_value(value)
    token.save()
    return {"Authorization": f"Bearer {value}"}
