# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client asks what this person may use."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from allauth.idp.oidc.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Schema

from connect_center.accounts.models import User
from connect_center.api_auth import bearer
from connect_center.entitlements.decision import decisions, is_bound_to_device
from connect_center.entitlements.signing import AnswerSigner
from connect_center.problems import Problem

router = Router(tags=["entitlements"])


class SignedAnswer(Schema):
    product: str
    token: str


class SignedAnswers(Schema):
    entitlements: list[SignedAnswer]


@router.get("/entitlements", response=SignedAnswers, auth=bearer)
def entitlements(
    request: HttpRequest, device: Annotated[str, Query(max_length=64, pattern=r"^[A-Za-z0-9_-]*$")] = ""
) -> SignedAnswers:
    """A signed answer for every product that the Center knows; `device` names the computer that asks."""
    user: User = request.auth  # type: ignore[attr-defined]  # set by ninja
    bound = is_bound_to_device(user)
    if bound and not device:
        raise Problem(
            422, "Your organisation binds answers to computers, and this client did not name its own."
        )
    now = datetime.now(UTC)
    signer = _signer()
    issuer = get_adapter().get_issuer()
    return SignedAnswers(
        entitlements=[
            SignedAnswer(
                product=decision.product,
                token=signer.sign(
                    decision,
                    issuer=issuer,
                    subject=str(user.subject),
                    now=now,
                    device=device if bound else "",
                ),
            )
            for decision in decisions(user, now)
        ]
    )


@router.get("/entitlements/jwks.json", response=dict[str, Any])
def keys(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001  # ninja wants it by name
    """The public keys that the answers are checked with."""
    return _signer().public_keys()


def _signer() -> AnswerSigner:
    return AnswerSigner(Path(settings.CENTER_STATE) / "keys" / "entitlements")
