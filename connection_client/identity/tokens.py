# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a provider hands out, as frozen values whose secrets no traceback or log shows."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Tokens:
    """An access token for `lifetime` seconds, and the refresh token that renews it ("" where none came)."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    lifetime: float


@dataclass(frozen=True)
class Identity:
    """Who an ID token that passed every check speaks of."""

    issuer: str
    subject: str
    email: str
    name: str


@dataclass(frozen=True)
class Grant:
    """The end of a sign-in: who, and the tokens."""

    identity: Identity
    tokens: Tokens


@dataclass(frozen=True)
class AuthorizationRequest:
    """A sign-in under way in a browser; state, nonce and verifier are known to this process alone."""

    url: str = field(repr=False)
    issuer: str
    redirect_uri: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True)
class DeviceRequest:
    """A sign-in under way on another device (RFC 8628); times in seconds."""

    issuer: str
    device_code: str = field(repr=False)
    user_code: str
    address: str
    complete_address: str
    lifetime: float
    interval: float
