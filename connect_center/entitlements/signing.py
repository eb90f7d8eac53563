# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Signs the answers, so that a computer can trust one without the Center."""

from datetime import datetime
from pathlib import Path
from typing import Any

from connect_center.entitlements.decision import Decision
from connect_center.signing import SigningKeys

AUDIENCE = "connection-client"


class AnswerSigner:
    """Signs with the keys in `folder` (see `connect_center.signing`)."""

    def __init__(self, folder: Path) -> None:
        self._keys = SigningKeys(folder)

    def sign(self, decision: Decision, *, issuer: str, subject: str, now: datetime, device: str = "") -> str:
        """The answer as a compact JWT; with `device` it holds on that computer only."""
        claims: dict[str, Any] = {
            "iss": issuer,
            "sub": subject,
            "aud": AUDIENCE,
            "product": decision.product,
            "entitled": decision.refusal is None,
            "iat": int(now.timestamp()),
            "exp": int(decision.until.timestamp()),
        }
        if decision.refusal is not None:
            claims["reason"] = decision.refusal.value
        if decision.level is not None:
            claims["level"] = decision.level
        if device:
            claims["device"] = device
        return self._keys.sign(claims)

    def public_keys(self) -> dict[str, Any]:
        """The keys that readers check with, as a JWK set (RFC 7517)."""
        return self._keys.public()
