# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Signs what others check without asking the Center: JWT (RFC 7519) with EdDSA over Ed25519 (RFC 8037).

The key's `kid` is its thumbprint (RFC 7638). All keys in a folder are announced and the newest signs: a key
is changed by adding one and removing the old one later.
"""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwa import EdDSAAlgorithm
from joserfc.jwk import OKPKey
from joserfc.jws import JWSRegistry

from connect_center.publisher.files import create_privately

ALGORITHM = "EdDSA"


class _EdDSA(EdDSAAlgorithm):
    """The name of RFC 8037, which readers know; RFC 9864 only gave it a second one."""

    security_warning = ""


class _Registry(JWSRegistry):
    algorithms = {ALGORITHM: _EdDSA()}


class SigningKeys:
    """The keys in `folder`, which is made with a first key where it is missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def sign(self, claims: Mapping[str, Any]) -> str:
        """The claims as a compact JWT."""
        key = self._keys()[-1]
        header = {"alg": ALGORITHM, "kid": key.thumbprint(), "typ": "JWT"}
        return jwt.encode(header, dict(claims), key, registry=_Registry(algorithms=[ALGORITHM]))

    def public(self) -> dict[str, Any]:
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
