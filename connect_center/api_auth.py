# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Resolves the access tokens that the Center's own OpenID provider gave out (RFC 6750)."""

from allauth.idp.oidc.models import Token
from django.http import HttpRequest
from ninja.security import HttpBearer

from connect_center.accounts.models import User


def user_of_token(value: str) -> User | None:
    """The user of a living access token, or None; a suspended account has none."""
    token = Token.objects.lookup(Token.Type.ACCESS_TOKEN, value)
    if token is None or token.user is None or not token.user.is_active:
        return None
    return User.objects.get(pk=token.user.pk)


class AccessToken(HttpBearer):
    """`Authorization: Bearer …`; sets `request.auth` to the `User`."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:  # noqa: ARG002  # ninja's
        return user_of_token(token)


bearer = AccessToken()
