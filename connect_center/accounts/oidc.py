# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The OpenID provider's claims: a subject that never changes, and the user's name."""

import uuid
from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import Client

from connect_center.accounts.models import User


class OidcAdapter(DefaultOIDCAdapter):  # type: ignore[misc]  # allauth gives no types
    """Keys users by `User.subject` instead of the database's number."""

    def get_user_sub(self, client: Client, user: Any) -> str:  # noqa: ARG002  # allauth's signature
        return str(user.subject)

    def get_user_by_sub(self, client: Client, sub: str) -> User | None:  # noqa: ARG002  # allauth's signature
        try:
            subject = uuid.UUID(sub)
        except ValueError:
            return None
        return User.objects.filter(subject=subject, is_active=True).first()
