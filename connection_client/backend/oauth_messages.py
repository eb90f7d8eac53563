# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""OAuth messages by oauthlib: what is sent to a provider and how its answers read."""

import hashlib
import math
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote_plus, urlencode, urlsplit, urlunsplit

from oauthlib.oauth2 import DeviceClient, OAuth2Error, WebApplicationClient

from connection_client.backend.http import Answer
from connection_client.domain.errors import CenterAnswersNonsense, SignInRefused
from connection_client.domain.language import N_
from connection_client.identity.tokens import Tokens

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SHORTEST, USUAL, LONGEST = 30.0, 300.0, 30 * 86_400.0  # seconds that a token is believed to live

REASONS = {
    "access_denied": N_("it was declined on the provider's page"),
    "invalid_grant": N_("the provider did not accept the code"),
    "invalid_client": N_("the provider does not know this client"),
    "unauthorized_client": N_("the provider does not let this client sign in so"),
    "missing_token": N_("there are no tokens in the provider's answer"),
    "server_error": N_("the provider is out of order"),
    "temporarily_unavailable": N_("the provider is out of order"),
}


def authorization_address(
    endpoint: str, client_id: str, redirect_uri: str, scopes: str, verifier: str, extra: dict[str, str]
) -> str:
    """Where to send the browser: the code flow with PKCE by S256 (RFC 7636)."""
    challenge = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    address: str = WebApplicationClient(client_id).prepare_request_uri(
        _as_tls(endpoint),
        redirect_uri=redirect_uri,
        scope=scopes,
        code_challenge=challenge,
        code_challenge_method="S256",
        **extra,
    )
    return urlunsplit(urlsplit(address)._replace(scheme=urlsplit(endpoint).scheme))


def code_of(client_id: str, redirect_uri: str, query: str, state: str) -> str:
    """The code that the browser brought; raises SignInRefused with the provider's reason."""
    try:
        answer = WebApplicationClient(client_id).parse_request_uri_response(
            f"{_as_tls(redirect_uri)}?{query}", state=state
        )
    except OAuth2Error as error:
        raise SignInRefused(reason=reason_of(error.error)) from error
    return str(answer["code"])


def redeem_body(client_id: str, code: str, redirect_uri: str, verifier: str) -> str:
    """The exchange of a code (RFC 6749, section 4.1.3)."""
    body: str = WebApplicationClient(client_id).prepare_request_body(
        code=code, redirect_uri=redirect_uri, code_verifier=verifier
    )
    return body


def renew_body(client_id: str, refresh_token: str) -> str:
    """A renewal (RFC 6749, section 6)."""
    body: str = WebApplicationClient(client_id).prepare_refresh_body(
        refresh_token=refresh_token, client_id=client_id, include_client_id=True
    )
    return body


def revoke_body(client_id: str, refresh_token: str) -> str:
    """A revocation (RFC 7009, section 2.1)."""
    return urlencode({"token": refresh_token, "token_type_hint": "refresh_token", "client_id": client_id})


def device_body(client_id: str, device_code: str) -> str:
    """The question whether the person has confirmed on the other device (RFC 8628, section 3.4)."""
    body: str = DeviceClient(client_id).prepare_request_body(device_code, include_client_id=True)
    return body


def with_client_secret(
    body: str, client_id: str, secret: str, *, in_body: bool
) -> tuple[str, dict[str, str]]:
    """Body and headers of a client that was given a secret (RFC 6749, section 2.3.1); "" is none."""
    if not secret:
        return body, FORM
    if in_body:
        return f"{body}&{urlencode({'client_secret': secret})}", FORM
    pair = f"{quote_plus(client_id)}:{quote_plus(secret)}"
    return body, {**FORM, "Authorization": f"Basic {b64encode(pair.encode()).decode()}"}


def tokens_of(answer: Answer, client_id: str) -> Tokens:
    """The tokens in an answer; raises SignInRefused with the provider's reason, CenterAnswersNonsense."""
    said = answer.json()
    try:
        token = WebApplicationClient(client_id).parse_request_body_response(answer.body.decode())
    except OAuth2Error as error:
        raise SignInRefused(reason=reason_of(error.error), code=error.error) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise CenterAnswersNonsense(host=answer.host, reason=N_("no tokens in it")) from error
    access, refresh = token.get("access_token"), token.get("refresh_token", "")
    kind = str(said.get("token_type", "bearer"))
    if not isinstance(access, str) or not isinstance(refresh, str) or kind.casefold() != "bearer":
        raise CenterAnswersNonsense(host=answer.host, reason=N_("no tokens in it"))
    return Tokens(access, refresh, lifetime_of(said.get("expires_in"), USUAL))


def lifetime_of(said: object, otherwise: float) -> float:
    """Seconds, within reason whatever a provider says."""
    return min(max(number_of(said, otherwise), SHORTEST), LONGEST)


def number_of(said: object, otherwise: float) -> float:
    """A finite number, or what holds otherwise."""
    try:
        number = float(str(said))
    except ValueError:
        return otherwise
    return number if math.isfinite(number) else otherwise


def reason_of(code: str | None) -> str:
    """A provider's error code as words; an unknown code is shown as it is, if it can be shown."""
    shown = code if code and code.isascii() and code.isprintable() and len(code) < 60 else ""  # noqa: PLR2004
    return REASONS.get(shown, shown or N_("the provider gave no reason"))


def _as_tls(address: str) -> str:
    """Oauthlib insists on TLS; on this computer itself RFC 8252, section 8.3 does without."""
    return urlunsplit(urlsplit(address)._replace(scheme="https"))
