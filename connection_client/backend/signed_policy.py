# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""An organisation's update policy as the Center signs it: a JWT (RFC 7519), docs/policy-api.md."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Annotated, Final

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from msgspec import Meta, Struct, field

from connection_client.backend.signatures import Signatures
from connection_client.domain.errors import PolicyNotGenuine
from connection_client.domain.language import N_
from connection_client.updates.policy import Decided, Rule, Window

AUDIENCE: Final = "connection-client"
_USE: Final = "update-policy"
_EVERY_PRODUCT: Final = "*"
Days = Annotated[int, Meta(ge=0, le=365)]
Moment = Annotated[int, Meta(ge=0, le=1 << 40)]  # seconds since 1970


class _Window(Struct):
    begins: Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z")]
    ends: Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z")]
    days: tuple[Annotated[int, Meta(ge=0, le=6)], ...] = tuple(range(7))


class _Rule(Struct):
    product: str = _EVERY_PRODUCT
    channels: tuple[str, ...] = ()
    minimum_age_days: Days = 0
    rings: dict[str, Days] = field(default_factory=dict)
    window: _Window | None = None
    deadline_days: Days | None = None
    on_hold: bool = False


class _Claims(Struct):
    iss: str
    aud: str | list[str]
    use: str
    iat: Moment
    exp: Moment
    rules: tuple[_Rule, ...]
    organisation: str = ""


def read_policy(token: str, keys: Mapping[str, object], center: str) -> Decided:
    """What `center` signed with one of `keys` (a JWK set, RFC 7517) for this client.

    Raises PolicyNotGenuine. Its age is no reason: a decision holds until a newer one comes.
    """
    try:
        claims = _verified(token, keys)
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise PolicyNotGenuine(reason=N_("its signature does not fit")) from error
    audience = [claims.aud] if isinstance(claims.aud, str) else claims.aud
    if claims.iss.rstrip("/") != center.rstrip("/") or AUDIENCE not in audience or claims.use != _USE:
        raise PolicyNotGenuine(reason=N_("it is meant for something else"))
    return Decided(
        tuple(_rule(rule) for rule in claims.rules),
        claims.organisation,
        datetime.fromtimestamp(claims.iat, UTC),
        datetime.fromtimestamp(claims.exp, UTC),
    )


def _verified(token: str, keys: Mapping[str, object]) -> _Claims:
    known = KeySet.import_key_set(json.loads(json.dumps(keys)))
    read = jwt.decode(token, known, registry=Signatures())
    if read.header.get("alg") not in ("EdDSA", "Ed25519"):
        raise ValueError(read.header)
    return msgspec.convert(read.claims, _Claims)  # its ValidationError is a ValueError


def _rule(raw: _Rule) -> Rule:
    return Rule(
        product_id="" if raw.product == _EVERY_PRODUCT else raw.product,
        channels=frozenset(raw.channels),
        minimum_age_days=raw.minimum_age_days,
        ring_days=raw.rings,
        window=_window(raw.window) if raw.window is not None else None,
        deadline_days=raw.deadline_days,
        on_hold=raw.on_hold,
    )


def _window(raw: _Window) -> Window:
    return Window(time.fromisoformat(raw.begins), time.fromisoformat(raw.ends), frozenset(raw.days))
