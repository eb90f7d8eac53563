# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client asks what its organisation decided about updates."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from allauth.idp.oidc.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from connect_center.api_auth import bearer
from connect_center.organisations.access import membership_of
from connect_center.policy.rules import Rule, rules
from connect_center.signing import SigningKeys

AUDIENCE = "connection-client"
_HOLDS = timedelta(days=30)
router = Router(tags=["policy"])


class Policy(Schema):
    organisation: str
    rules: list[Rule]
    token: str = Field(description="organisation and rules as a JWT; docs/policy-api.md")


@router.get("/policy", response=Policy, auth=bearer)
def policy(request: HttpRequest, response: HttpResponse) -> dict[str, Any]:
    """The rules of the person's organisation; without organisation there are none.

    The answer stays the same, byte for byte, for a day, so that `If-None-Match` is met with 304.
    """
    membership = membership_of(request.auth)  # type: ignore[attr-defined]  # set by ninja
    active = membership is not None and membership.is_active
    said: dict[str, Any] = {
        "organisation": membership.organisation.name if membership and active else "",
        "rules": [asdict(rule) for rule in rules(membership.organisation)] if membership and active else [],
    }
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Authorization"
    return said | {"token": _signed(said, datetime.now(UTC))}


def _signed(said: dict[str, Any], now: datetime) -> str:
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    claims = {
        "iss": get_adapter().get_issuer(),
        "aud": AUDIENCE,
        "use": "update-policy",  # an entitlement, signed by the same key, is never taken for a policy
        "iat": int(today.timestamp()),
        "exp": int((today + _HOLDS).timestamp()),
    }
    return SigningKeys(Path(settings.CENTER_STATE) / "keys" / "entitlements").sign(claims | said)
