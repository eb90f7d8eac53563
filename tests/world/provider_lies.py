# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a good provider never sends; a lie is one word of these."""

from tests.world.provider_keys import Claims

CLIENT_ID = "connection-client"


# What a good provider never sends, by the reason for which it must be refused.
CLAIM_LIES: dict[str, Claims] = {
    "another issuer": {"iss": "https://elsewhere.example"},
    "another audience": {"aud": "another-client"},
    "another audience in a list": {"aud": ["another-client"]},
    "another party": {"azp": "another-client"},
    "several audiences and no party": {"aud": [CLIENT_ID, "another-client"]},
    "another nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "another access token": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    "no end": {"exp": None},
    "an end in words": {"exp": "tomorrow"},
    "no subject": {"sub": None},
}


SIGNATURE_LIES = ("no signature", "symmetric with the public key", "unknown key", "changed after signing")


TIME_LIES = ("expired", "issued in the future")


RETURN_LIES = ("named by another issuer", "not named although announced")
