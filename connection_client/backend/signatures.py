# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The signature algorithms that are believed, and no others: all with public keys, none that was broken."""

from joserfc.errors import UnsupportedAlgorithmError
from joserfc.jwa import JWSAlgModel
from joserfc.jws import JWSRegistry

# The hash that each one uses; of Ed25519 it is SHA-512 (RFC 8032).
ALGORITHMS = {
    "RS256": "sha256",
    "RS384": "sha384",
    "RS512": "sha512",
    "PS256": "sha256",
    "PS384": "sha384",
    "PS512": "sha512",
    "ES256": "sha256",
    "ES384": "sha384",
    "ES512": "sha512",
    "EdDSA": "sha512",
    "Ed25519": "sha512",
}


class Signatures(JWSRegistry):
    """joserfc's rules with our list; header fields that are unknown but not critical are passed over."""

    def __init__(self) -> None:
        super().__init__(algorithms=tuple(ALGORITHMS), strict_check_header=False)

    def get_alg(self, name: str) -> JWSAlgModel:
        """The algorithm, if it is on the list.

        Without the library's warning: RFC 9864 renames EdDSA to Ed25519, and providers still say EdDSA.
        """
        if name not in ALGORITHMS:
            raise UnsupportedAlgorithmError(name)
        return self.algorithms[name]
