# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The keys of a provider on loopback, and every way of signing that must be refused."""

import base64
import hmac
import json
from collections.abc import Callable
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

Claims = dict[str, Any]


class ProviderKeys:
    """One key for each usual algorithm, and one that nobody was told of."""

    def __init__(self) -> None:
        self.announced: dict[str, ECKey | RSAKey] = {
            "ES256": ECKey.generate_key("P-256"),
            "RS256": RSAKey.generate_key(2048),
        }
        self._unknown = ECKey.generate_key("P-256")
        for key in (*self.announced.values(), self._unknown):
            key.ensure_kid()

    def signed(self, claims: Claims, algorithm: str, lie: str = "") -> str:
        """The token, or what a liar makes of it."""
        if lie == "no signature":
            return _by_hand({"alg": "none"}, claims, lambda _: b"")
        if lie == "symmetric with the public key":
            # The classic: a careless client takes the published key for a shared secret.
            public = self.announced["RS256"].as_pem(private=False)
            header = {"alg": "HS256", "kid": self.announced["RS256"].kid}
            return _by_hand(header, claims, lambda text: hmac.digest(public, text, "sha256"))
        key = self._unknown if lie in ("unknown key", "a new key") else self.announced[algorithm]
        if lie == "a new key":
            self.announced["ES256"] = self._unknown
        token = jwt.encode({"alg": algorithm, "kid": key.kid}, claims, key, [algorithm])
        if lie == "changed after signing":
            head, body, signature = token.split(".")
            changed = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)).replace(b"Ben", b"Eve")
            token = f"{head}.{base64url(changed)}.{signature}"
        return token


def base64url(content: bytes) -> str:
    """Without padding, as tokens have it (RFC 7515, section 2)."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _by_hand(header: Claims, claims: Claims, sign: Callable[[bytes], bytes]) -> str:
    """A token that no decent library would make."""
    text = f"{base64url(json.dumps(header).encode())}.{base64url(json.dumps(claims).encode())}"
    return f"{text}.{base64url(sign(text.encode()))}"
