# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Signs the answers, so that a computer can trust one without the Center.

JWT (RFC 7519) with EdDSA over Ed25519 (RFC 8037); the key's `kid` is its thumbprint (RFC 7638). All keys in
the folder are announced and the newest signs: a key is changed by adding one and removing the old one later.
"""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwa import EdDSAAlgorithm
from joserfc.jwk import OKPKey
from joserfc.jws import JWSRegistry

from connect_center.entitlements.decision import Decision
from connect_center.publisher.files import create_privately

AUDIENCE = "connection-client"
ALGORITHM = "EdDSA"


class _EdDSA(EdDSAAlgorithm):
    """The name of RFC 8037, which readers know; RFC 9864 only gave it a second one."""

    security_warning = ""


class _Registry(JWSRegistry):
    algorithms = {ALGORITHM: _EdDSA()}


class AnswerSigner:
    """Signs with the keys in `folder`, which is made with a first key where it is missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def sign(self, decision: Decision, *, issuer: str, subject: str, now: datetime) -> str:
        """The answer as a compact JWT."""
        key = self._keys()[-1]
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
        header = {"alg": ALGORITHM, "kid": key.thumbprint(), "typ": "JWT"}
        return jwt.encode(header, claims, key, registry=_Registry(algorithms=[ALGORITHM]))

    def public_keys(self) -> dict[str, Any]:
        """The keys that readers check with, as a JWK set (RFC 7517)."""
        keys = [
            {**key.as_dict(private=False), "kid": key.thumbprint(), "use": "sig", "alg": ALGORITHM}
            for key in self._keys()
        ]
        return {"keys": keys}

    def _keys(self) -> list[OKPKey]:
        """Oldest first, by file name."""
        if not list(self._folder.glob("*.pem")):
            with suppress(FileExistsError):  # another process made it at this moment
                create_privately(
                    self._folder / "0001.pem", OKPKey.generate_key("Ed25519").as_pem(private=True)
                )
        return [OKPKey.import_key(path.read_text()) for path in sorted(self._folder.glob("*.pem"))]
