# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The checks of an ID token, in the order of OpenID Connect Core 1.0, section 3.1.3.7."""

import base64
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from secrets import compare_digest
from typing import TypeGuard

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from connection_client.backend.signatures import ALGORITHMS, Signatures
from connection_client.domain.errors import ClockWrong, TokenRefused
from connection_client.domain.language import N_
from connection_client.identity.tokens import Identity

LEEWAY = 120  # seconds between two clocks that both count as right
LONGEST = 255  # characters of a subject (Core 1.0, section 2)

Claims = dict[str, object]


@dataclass(frozen=True)
class Expected:
    """What the token has to fit; `server_date` is the provider's clock, None where it did not say."""

    issuer: str
    client_id: str
    nonce: str | None
    access_token: str
    server_date: datetime | None = None


def verified(
    token: str,
    expected: Expected,
    keys: Callable[[bool], KeySet],
    now: Callable[[], float] = time.time,
) -> Identity:
    """Who the token speaks of; raises TokenRefused with the reason, ClockWrong, NetworkError.

    `keys(False)` are the keys at hand, `keys(True)` fetches them again: done once, on an unknown key.
    """
    try:
        try:
            read = jwt.decode(token, keys(False), registry=Signatures())  # noqa: FBT003  # named by the docstring
        except InvalidKeyIdError:
            read = jwt.decode(token, keys(True), registry=Signatures())  # noqa: FBT003
    except InvalidKeyIdError as error:
        raise TokenRefused(reason=N_("it is signed with a key that the provider does not know")) from error
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise TokenRefused(reason=N_("its signature does not fit")) from error
    claims, algorithm = read.claims, str(read.header["alg"])
    _check_parties(claims, expected)
    _check_times(claims, expected, now())
    _check_binding(claims, expected, algorithm)
    return Identity(expected.issuer, _subject(claims), _text(claims, "email"), _text(claims, "name"))


def _check_parties(claims: Claims, expected: Expected) -> None:
    if claims.get("iss") != expected.issuer:
        raise TokenRefused(reason=N_("it comes from another issuer"))
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if expected.client_id not in audiences:
        raise TokenRefused(reason=N_("it is meant for another program"))
    party = claims.get("azp")
    if (party is None and len(audiences) > 1) or (party is not None and party != expected.client_id):
        raise TokenRefused(reason=N_("it was asked for by another program"))


def _check_times(claims: Claims, expected: Expected, now: float) -> None:
    ends, issued = claims.get("exp"), claims.get("iat")
    if not _is_time(ends) or not _is_time(issued):
        raise TokenRefused(reason=N_("it does not say when it ends"))
    over, early = ends <= now - LEEWAY, issued > now + LEEWAY
    if not over and not early:
        return
    if expected.server_date is not None:
        behind = expected.server_date.timestamp() - now
        if abs(behind) > LEEWAY:
            direction = N_("behind") if behind > 0 else N_("ahead")
            raise ClockWrong(minutes=round(abs(behind) / 60), direction=direction)
    raise TokenRefused(reason=N_("it has expired") if over else N_("it was issued in the future"))


def _is_time(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e11  # noqa: PLR2004


def _check_binding(claims: Claims, expected: Expected, algorithm: str) -> None:
    """The token belongs to this very sign-in and to this access token."""
    nonce = claims.get("nonce")
    if expected.nonce is not None and not (
        isinstance(nonce, str) and compare_digest(nonce.encode(), expected.nonce.encode())
    ):
        raise TokenRefused(reason=N_("it belongs to another sign-in"))
    said = claims.get("at_hash")
    if said is not None and said != half_hash(expected.access_token, algorithm):
        raise TokenRefused(reason=N_("it does not belong to the access token"))


def half_hash(access_token: str, algorithm: str) -> str:
    """`at_hash` of Core 1.0, section 3.1.3.6: the left half of the hash that the algorithm uses."""
    digest = hashlib.new(ALGORITHMS[algorithm], access_token.encode()).digest()
    return base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()


def _subject(claims: Claims) -> str:
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST or not subject.isprintable():
        raise TokenRefused(reason=N_("it does not say whom it speaks of"))
    return subject


def _text(claims: Claims, name: str) -> str:
    value = claims.get(name)
    return value.strip() if isinstance(value, str) and value.isprintable() and len(value) <= LONGEST else ""
