# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client asks who an application is, and fetches the token that the person agreed to."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from allauth.idp.oidc.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema

from connect_center.accounts.models import User
from connect_center.api_auth import bearer
from connect_center.applications.models import Application
from connect_center.problems import Problem
from connect_center.signing import SigningKeys

router = Router(tags=["applications"])
LIFETIME = timedelta(minutes=5)  # it goes from one process to a service, and is asked for again


class RegisteredApplication(Schema):
    audience: str
    name: str


class ApplicationToken(Schema):
    token: str
    expires_in: int


# Ahead of the addresses below: no application can be called so.
@router.get("/applications/jwks.json", response=dict[str, Any])
def keys(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001  # ninja wants it by name
    """The public keys that services check the tokens with."""
    return _keys().public()


@router.get("/applications/{audience}", response=RegisteredApplication, auth=bearer)
def application(request: HttpRequest, audience: str) -> Application:  # noqa: ARG001  # ninja wants it by name
    """The name that the person is asked about."""
    return _registered(audience)


@router.post("/applications/{audience}/token", response=ApplicationToken, auth=bearer)
def token(request: HttpRequest, audience: str) -> ApplicationToken:
    """A token for that service alone: it opens nothing at the Center, and is no answer about a licence."""
    user: User = request.auth  # type: ignore[attr-defined]  # set by ninja
    registered, now = _registered(audience), datetime.now(UTC)
    claims = {
        "iss": get_adapter().get_issuer(),
        "sub": str(user.subject),
        "aud": registered.audience,
        "email": user.email,
        "name": user.name,
        "iat": int(now.timestamp()),
        "exp": int((now + LIFETIME).timestamp()),
    }
    return ApplicationToken(token=_keys().sign(claims), expires_in=int(LIFETIME.total_seconds()))


def _registered(audience: str) -> Application:
    found = Application.objects.filter(audience=audience).first()
    if found is None:
        raise Problem(404, "No application is registered under this name.")
    return found


def _keys() -> SigningKeys:
    """Other keys than those of licences: neither can ever be taken for the other."""
    return SigningKeys(Path(settings.CENTER_STATE) / "keys" / "applications")
