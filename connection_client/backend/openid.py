# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""An OpenID provider over HTTP: the port Provider, with oauthlib's messages and our checks of ID tokens."""

import secrets
import threading
from collections.abc import Callable
from urllib.parse import parse_qs, urlencode

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from connection_client.backend import oauth_messages as messages
from connection_client.backend.addresses import host_of
from connection_client.backend.http import Answer, ask
from connection_client.backend.id_token import Expected, verified
from connection_client.backend.kept_metadata import KeptMetadata, nothing_kept
from connection_client.backend.provider_metadata import (
    Metadata,
    fetch_metadata,
    is_secure,
    read_metadata,
)
from connection_client.domain.accounts import Realm
from connection_client.domain.errors import (
    CenterAnswersNonsense,
    CenterUnreachable,
    SessionEnded,
    SignInRefused,
    SignInTimedOut,
    TokenRefused,
)
from connection_client.domain.language import N_
from connection_client.domain.setting import SettingsReader
from connection_client.domain.settings import CLIENT_ID, CLIENT_SECRET
from connection_client.identity.clock import uptime
from connection_client.identity.tokens import AuthorizationRequest, DeviceRequest, Grant, Tokens

SCOPES = ("openid", "profile", "email")
OFFLINE = "offline_access"
METADATA_SECONDS = 3600.0
_MOVED = (404, 405, 410)  # what was kept names an address at which nobody gives tokens any more
SLOWER_SECONDS = 5.0  # RFC 8628, section 3.5


class OpenIdProvider:
    """Serves every issuer; what issuers say of themselves is kept for an hour. Safe for several threads."""

    def __init__(
        self, client: httpx.Client, settings: SettingsReader, kept: KeptMetadata | None = None
    ) -> None:
        self._client, self._settings = client, settings
        self._kept = kept or nothing_kept()
        self._known: dict[str, tuple[float, Metadata]] = {}
        self._keys: dict[str, KeySet] = {}
        self._lock = threading.Lock()

    def prepare(self, realm: Realm, redirect_uri: str, state: str) -> AuthorizationRequest:
        """A sign-in in the browser (RFC 8252, RFC 7636); raises NetworkError, TokenRefused."""
        metadata = self._metadata(realm.issuer)
        nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
        scopes = _scopes(metadata)
        extra = {"state": state, "nonce": nonce, "login_hint": realm.email}
        if OFFLINE in scopes:
            # OpenID Connect Core 1.0, section 11: without it strict providers leave the refresh token out.
            extra["prompt"] = "consent"
        address = messages.authorization_address(
            metadata.authorization_endpoint, self._client_id, redirect_uri, scopes, verifier, extra
        )
        return AuthorizationRequest(address, realm.issuer, redirect_uri, state, nonce, verifier)

    def redeem(self, request: AuthorizationRequest, query: str) -> Grant:
        """Exchange the code; raises SignInRefused, TokenRefused, ClockWrong, NetworkError."""
        metadata = self._metadata(request.issuer)
        _check_issuer(metadata, query)
        code = messages.code_of(self._client_id, request.redirect_uri, query, request.state)
        body = messages.redeem_body(self._client_id, code, request.redirect_uri, request.verifier)
        return self._granted(metadata, self._post(metadata, metadata.token_endpoint, body), request.nonce)

    def renew(self, issuer: str, refresh_token: str) -> Tokens:
        """New tokens in one request; only `invalid_grant` is the end of a session (RFC 6749, section 5.2)."""
        metadata = self._kept.of(issuer) or self._metadata(issuer)
        body = messages.renew_body(self._client_id, refresh_token)
        answer = self._post(metadata, metadata.token_endpoint, body)
        if answer.status in _MOVED:
            self._kept.forget(issuer)
            metadata = self._metadata(issuer)
            answer = self._post(metadata, metadata.token_endpoint, body)
        try:
            return messages.tokens_of(answer, self._client_id)
        except SignInRefused as error:
            if error.facts.get("code") == "invalid_grant":
                raise SessionEnded(email="") from error
            # A provider that is being set up, or a client that was switched off: not the session's end.
            raise CenterAnswersNonsense(host=host_of(issuer), reason=error.facts["reason"]) from error

    def revoke(self, issuer: str, refresh_token: str) -> None:
        """RFC 7009: any answer but an outage means that there is nothing more to do."""
        metadata = self._metadata(issuer)
        if metadata.revocation_endpoint and refresh_token:
            body = messages.revoke_body(self._client_id, refresh_token)
            self._post(metadata, metadata.revocation_endpoint, body)

    def end_session_address(self, issuer: str, email: str) -> str:
        """OpenID Connect RP-Initiated Logout 1.0, with a hint instead of a token that a log could keep."""
        endpoint = self._metadata(issuer).end_session_endpoint
        if not endpoint:
            return ""
        separator = "&" if "?" in endpoint else "?"
        return endpoint + separator + urlencode({"client_id": self._client_id, "logout_hint": email})

    def prepare_device(self, realm: Realm) -> DeviceRequest:
        """RFC 8628, section 3.1; raises SignInRefused where the provider has no such endpoint."""
        metadata = self._metadata(realm.issuer)
        if not metadata.device_authorization_endpoint:
            raise SignInRefused(reason=N_("the provider offers no sign-in with another device"))
        body = urlencode({"client_id": self._client_id, "scope": _scopes(metadata)})
        answer = self._post(metadata, metadata.device_authorization_endpoint, body)
        said = answer.json()
        if answer.status != httpx.codes.OK:
            raise SignInRefused(reason=messages.reason_of(str(said.get("error", ""))))
        texts = [said.get(name) for name in ("device_code", "user_code", "verification_uri")]
        complete = said.get("verification_uri_complete", "")
        if not all(isinstance(text, str) and text for text in texts) or not is_secure(str(texts[2])):
            raise CenterAnswersNonsense(host=answer.host, reason=N_("no code in it"))
        return DeviceRequest(
            realm.issuer,
            str(texts[0]),
            str(texts[1]),
            str(texts[2]),
            complete_address=complete if isinstance(complete, str) and is_secure(complete) else "",
            lifetime=messages.lifetime_of(said.get("expires_in"), 300.0),
            interval=min(max(messages.number_of(said.get("interval"), SLOWER_SECONDS), 1.0), 60.0),
        )

    def poll_device(self, request: DeviceRequest) -> Grant | float:
        """RFC 8628, section 3.5."""
        metadata = self._metadata(request.issuer)
        body = messages.device_body(self._client_id, request.device_code)
        answer = self._post(metadata, metadata.token_endpoint, body)
        try:
            return self._granted(metadata, answer, None)
        except SignInRefused as error:
            match error.facts.get("code"):
                case "authorization_pending":
                    return 0.0
                case "slow_down":
                    return SLOWER_SECONDS
                case "expired_token":
                    raise SignInTimedOut(minutes=max(1, round(request.lifetime / 60))) from error
            raise

    # ---- the inside ----------------------------------------------------------------------------
    @property
    def _client_id(self) -> str:
        return self._settings.get(CLIENT_ID)

    def _post(self, metadata: Metadata, address: str, body: str) -> Answer:
        secret = self._settings.get(CLIENT_SECRET)
        content, headers = messages.with_client_secret(
            body, self._client_id, secret, in_body=metadata.secret_in_body
        )
        answer = ask(self._client, "POST", address, headers=headers, content=content)
        if answer.status == httpx.codes.TOO_MANY_REQUESTS:
            raise CenterUnreachable(host=answer.host, reason=N_("it is asked too often"))
        return answer

    def _granted(self, metadata: Metadata, answer: Answer, nonce: str | None) -> Grant:
        tokens = messages.tokens_of(answer, self._client_id)
        id_token = answer.json().get("id_token")
        if not isinstance(id_token, str):
            raise TokenRefused(reason=N_("there is no ID token in it"))
        expected = Expected(metadata.issuer, self._client_id, nonce, tokens.access_token, answer.date)
        return Grant(verified(id_token, expected, self._keys_of(metadata)), tokens)

    def _metadata(self, issuer: str) -> Metadata:
        with self._lock:
            at, known = self._known.get(issuer, (0.0, None))
        if known is not None and 0 <= uptime() - at < METADATA_SECONDS:
            return known
        said = fetch_metadata(self._client, issuer)
        fresh = read_metadata(said, issuer)
        self._kept.note(issuer, said)
        with self._lock:
            self._known[issuer] = (uptime(), fresh)
        return fresh

    def _keys_of(self, metadata: Metadata) -> Callable[[bool], KeySet]:
        def keys(again: bool) -> KeySet:  # noqa: FBT001  # the port of `verified`
            known = self._keys.get(metadata.issuer)
            if known is None or again:
                known = self._fetched_keys(metadata.jwks_uri)
                self._keys[metadata.issuer] = known
            return known

        return keys

    def _fetched_keys(self, address: str) -> KeySet:
        answer = ask(self._client, "GET", address)
        keys = answer.json().get("keys")
        listed = keys if answer.status == httpx.codes.OK and isinstance(keys, list) else []
        # Only public keys can be what a provider publishes for signatures (RFC 7517, section 4.2).
        usable = [key for key in listed if isinstance(key, dict) and key.get("kty") != "oct"]
        try:
            return KeySet.import_key_set({"keys": [key for key in usable if key.get("use", "sig") == "sig"]})
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise CenterAnswersNonsense(host=answer.host, reason=N_("no keys in it")) from error


def _scopes(metadata: Metadata) -> str:
    # `offline_access` is refused by providers that do not list it and grant refresh tokens anyway.
    return " ".join((*SCOPES, *({OFFLINE} & metadata.scopes)))


def _check_issuer(metadata: Metadata, query: str) -> None:
    """RFC 9207, section 2.4: the way back names its issuer, or somebody mixes up two providers."""
    named = parse_qs(query).get("iss", [])
    if (named or metadata.names_itself_on_return) and named != [metadata.issuer]:
        raise TokenRefused(reason=N_("the browser came back from another provider"))
