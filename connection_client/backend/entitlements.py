# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Entitlements over HTTP, and the check of what the Center signs: JWT (RFC 7519) with EdDSA (RFC 8037)."""

import json
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from connection_client.backend.center_api import CenterApi, read
from connection_client.backend.http import ask
from connection_client.backend.signatures import Signatures
from connection_client.domain.accounts import Account
from connection_client.domain.entitlements import Entitlement, Refusal
from connection_client.domain.errors import NotSignedIn
from connection_client.domain.settings_errors import NoCenterConfigured
from connection_client.launch.ports import SignedAnswers

AUDIENCE = "connection-client"
_LOG = logging.getLogger(__name__)


class _SignedAnswer(msgspec.Struct):
    product: str
    token: str


class _SignedAnswers(msgspec.Struct):
    entitlements: tuple[_SignedAnswer, ...]


class _Claims(msgspec.Struct):
    """What a token has to hold; `exp` and `iat` are seconds since 1970."""

    iss: str
    sub: str
    aud: str | list[str]
    product: str
    entitled: bool
    iat: int
    exp: int
    reason: str = ""
    level: int | None = None
    device: str = ""


class CenterEntitlements:
    """Implements the port EntitlementSource. Safe for several threads."""

    def __init__(
        self, client: httpx.Client, center: CenterApi, access_token: Callable[[], str], device: str = ""
    ) -> None:
        """`device` is this computer's name at the Center, for organisations that bind answers to one."""
        self._client, self._center, self._access_token = client, center, access_token
        self._device = device

    def fetch(self, account: Account, kept: SignedAnswers | None = None) -> SignedAnswers:  # noqa: ARG002  # the token says whose
        """The answers for whom the access token stands for, and the keys they are signed with.

        Where the Center has nothing new since `kept`, those are confirmed: their keys, which a new one would
        have made news, stay too.
        """
        base = f"{self._center.address}/api/v1/entitlements"
        bearer = {"Authorization": f"Bearer {self._access_token()}"}
        address = f"{base}?device={self._device}" if self._device else base
        asked = bearer | ({"If-None-Match": kept.etag} if kept is not None and kept.etag else {})
        answer = ask(self._client, "GET", address, headers=asked)
        if answer.status == httpx.codes.UNAUTHORIZED:
            raise NotSignedIn
        now = datetime.now(UTC)
        if answer.status == httpx.codes.NOT_MODIFIED and kept is not None and kept.etag:
            return replace(kept, confirmed_at=now, latest=now)
        said = read(answer, _SignedAnswers)
        keys = ask(self._client, "GET", f"{base}/jwks.json")
        return SignedAnswers(
            confirmed_at=now,
            latest=now,
            keys=json.dumps(read(keys, dict[str, object])),
            tokens={entry.product: entry.token for entry in said.entitlements},
            etag=answer.headers.get("etag", ""),
        )

    def check(self, answers: SignedAnswers, account: Account) -> Mapping[str, Entitlement]:
        """The answers that are genuine and meant for `account`; their age is judged by who uses them."""
        try:
            keys = KeySet.import_key_set(json.loads(answers.keys))
        except (JoseError, ValueError, TypeError, KeyError) as error:
            _LOG.warning("The keys of the entitlements cannot be read: %s", error)
            return {}
        checked: dict[str, Entitlement] = {}
        for product, token in answers.tokens.items():
            claims = _claims(token, keys)
            if claims is None or not self._fits(claims, account, product):
                _LOG.warning("The entitlement for %.80s is not genuine and was left out.", product)
                continue
            checked[product] = _entitlement(claims, token, here=claims.device in ("", self._device))
        return checked

    def _fits(self, claims: _Claims, account: Account, product: str) -> bool:
        audience = [claims.aud] if isinstance(claims.aud, str) else claims.aud
        return (
            claims.iss.rstrip("/") in self._issuers(account)
            and claims.sub == account.subject
            and AUDIENCE in audience
            and claims.product == product
            and claims.iat < claims.exp
        )

    def _issuers(self, account: Account) -> set[str]:
        """The Center signs in its own name, also for people whom another provider signed in."""
        issuers = {account.issuer.rstrip("/")}
        with suppress(NoCenterConfigured):
            issuers.add(self._center.address.rstrip("/"))
        return issuers


def _claims(token: str, keys: KeySet) -> _Claims | None:
    """The claims of a token whose signature fits one of the keys."""
    try:
        read_token = jwt.decode(token, keys, registry=Signatures())
        if read_token.header.get("alg") not in ("EdDSA", "Ed25519"):
            return None
        return msgspec.convert(read_token.claims, _Claims)
    except (JoseError, ValueError, TypeError, KeyError):  # msgspec's ValidationError is a ValueError
        return None


def _entitlement(claims: _Claims, token: str, *, here: bool) -> Entitlement:
    issued, until = (datetime.fromtimestamp(seconds, UTC) for seconds in (claims.iat, claims.exp))
    if not here:  # a file that was carried over from another computer
        return Entitlement(claims.product, False, until, Refusal.OTHER_DEVICE, issued)  # noqa: FBT003  # a field
    reason = None if claims.entitled else _refusal(claims.reason)
    return Entitlement(claims.product, claims.entitled, until, reason, issued, token, claims.level)


def _refusal(code: str) -> Refusal:
    """The reason; one that a newer Center has and this client does not know reads as no licence."""
    try:
        return Refusal(code)
    except ValueError:
        return Refusal.NO_LICENCE
