# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a provider says of itself (OpenID Connect Discovery 1.0), believed only where it is consistent."""

from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

import httpx

from connection_client.backend.addresses import host_of
from connection_client.backend.http import ask
from connection_client.domain.errors import CenterAnswersNonsense, TokenRefused
from connection_client.domain.language import N_
from connection_client.domain.setting import is_loopback

PATH = "/.well-known/openid-configuration"


@dataclass(frozen=True)
class Metadata:
    """Addresses are "" where the provider has no such endpoint."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    revocation_endpoint: str = ""
    end_session_endpoint: str = ""
    device_authorization_endpoint: str = ""
    scopes: frozenset[str] = frozenset()
    names_itself_on_return: bool = False  # RFC 9207, section 3
    secret_in_body: bool = False  # a client secret goes into the form: HTTP Basic is not offered


def fetch_metadata(client: httpx.Client, issuer: str) -> dict[str, object]:
    """Ask the issuer for what `read_metadata` reads; raises NetworkError, TokenRefused."""
    if not is_secure(issuer):
        raise TokenRefused(reason=N_("the provider's address is not protected"))
    answer = ask(client, "GET", issuer.rstrip("/") + PATH)
    if answer.status != httpx.codes.OK:
        raise CenterAnswersNonsense(host=answer.host, reason=f"HTTP {answer.status}")
    return answer.json()


def is_secure(address: str) -> bool:
    """Whether tokens may travel there: TLS, or this computer itself (RFC 8252, section 8.3)."""
    parts = urlsplit(address)
    plain_here = parts.scheme == "http" and is_loopback(parts.hostname or "")
    return bool(parts.hostname) and (parts.scheme == "https" or plain_here) and not parts.username


def read_metadata(said: dict[str, object], issuer: str) -> Metadata:
    """What it means; raises CenterAnswersNonsense, and TokenRefused where it speaks for somebody else."""
    # Discovery 1.0, section 4.3: exactly the address that was asked, or this is a mix-up.
    if said.get("issuer") != issuer:
        raise TokenRefused(reason=N_("the provider speaks for another issuer"))

    endpoint = partial(_endpoint, said, issuer)
    ways = _listed(said, "token_endpoint_auth_methods_supported")
    return Metadata(
        issuer=issuer,
        authorization_endpoint=endpoint("authorization_endpoint", needed=True),
        token_endpoint=endpoint("token_endpoint", needed=True),
        jwks_uri=endpoint("jwks_uri", needed=True),
        revocation_endpoint=endpoint("revocation_endpoint"),
        end_session_endpoint=endpoint("end_session_endpoint"),
        device_authorization_endpoint=endpoint("device_authorization_endpoint"),
        scopes=_listed(said, "scopes_supported"),
        names_itself_on_return=said.get("authorization_response_iss_parameter_supported") is True,
        secret_in_body="client_secret_post" in ways and "client_secret_basic" not in ways,
    )


def _endpoint(said: dict[str, object], issuer: str, name: str, *, needed: bool = False) -> str:
    value = said.get(name, "")
    if not value and not needed:
        return ""
    if not isinstance(value, str) or not is_secure(value):
        raise CenterAnswersNonsense(host=host_of(issuer), reason=name)
    return value


def _listed(said: dict[str, object], name: str) -> frozenset[str]:
    value = said.get(name)
    return frozenset(str(each) for each in value) if isinstance(value, list) else frozenset()
