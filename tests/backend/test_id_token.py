# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""ID tokens from anywhere: whatever arrives, it is either believed or refused, never a crash."""

import json
import time
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OKPKey, RSAKey

from connection_client.backend.id_token import Expected, half_hash, verified
from connection_client.domain.errors import TokenRefused

KEYS: dict[str, ECKey | RSAKey | OKPKey] = {
    "ES256": ECKey.generate_key("P-256", auto_kid=True),
    "ES384": ECKey.generate_key("P-384", auto_kid=True),
    "RS256": RSAKey.generate_key(2048, auto_kid=True),
    "PS256": RSAKey.generate_key(2048, auto_kid=True),
    "Ed25519": OKPKey.generate_key("Ed25519", auto_kid=True),
}
EXPECTED = Expected("https://issuer.example", "connection-client", "nonce", "access")
JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def claims(**changed: Any) -> dict[str, Any]:
    now = int(time.time())
    good = {"iss": EXPECTED.issuer, "aud": EXPECTED.client_id, "sub": "1", "nonce": "nonce"}
    return {**good, "iat": now, "exp": now + 300, **changed}


def keys(_again: bool) -> KeySet:  # noqa: FBT001  # the port of `verified`
    return KeySet([*KEYS.values()])


def signed(algorithm: str, said: dict[str, Any]) -> str:
    key = KEYS[algorithm]
    return jwt.encode({"alg": algorithm, "kid": key.kid}, said, key, [algorithm])


@pytest.mark.parametrize("algorithm", list(KEYS))
def test_each_algorithm_of_the_list_is_believed(algorithm: str) -> None:
    said = claims(at_hash=half_hash("access", algorithm), email="a@b.example", name="A")
    who = verified(signed(algorithm, said), EXPECTED, keys)
    assert (who.subject, who.email, who.name) == ("1", "a@b.example", "A")


def test_at_hash_is_that_of_the_standard() -> None:
    # OpenID Connect Core 1.0, appendix A.3
    assert half_hash("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y", "RS256") == "77QmUPtjPfzWtF2AnpK9RQ"


def test_several_audiences_are_fine_where_the_party_is_named() -> None:
    said = claims(aud=["other", EXPECTED.client_id], azp=EXPECTED.client_id)
    assert verified(signed("ES256", said), EXPECTED, keys).subject == "1"


@given(st.sampled_from(["iss", "aud", "sub", "azp", "exp", "iat", "nonce", "at_hash"]), JSON)
def test_no_value_of_a_claim_breaks_it(name: str, value: object) -> None:
    said = claims(**{name: value})
    try:
        who = verified(signed("ES256", said), EXPECTED, keys)
    except TokenRefused:
        return
    assert who.issuer == EXPECTED.issuer
    assert said["nonce"] == "nonce"
    assert EXPECTED.client_id in (said["aud"] if isinstance(said["aud"], list) else [said["aud"]])


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_no_text_breaks_it(token: str) -> None:
    with pytest.raises(TokenRefused):
        verified(token, EXPECTED, keys)


@given(JSON, JSON)
def test_no_header_breaks_it(algorithm: object, kid: object) -> None:
    parts = (json.dumps({"alg": algorithm, "kid": kid}), json.dumps(claims()), "signature")
    token = ".".join(urlsafe_b64encode(part.encode()).rstrip(b"=").decode() for part in parts)
    with pytest.raises(TokenRefused):
        verified(token, EXPECTED, keys)
