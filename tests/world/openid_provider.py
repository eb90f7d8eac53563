# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""An OpenID provider on loopback with real keys that can be told to lie, and to rotate as strictly as any.

It is a small Center as well: it answers discovery and says who somebody is; `provider_lies` are its lies.
"""

import contextlib
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc.jwk import KeySet

from tests.world.provider_keys import Claims, ProviderKeys, base64url
from tests.world.provider_lies import CLAIM_LIES, CLIENT_ID
from tests.world.provider_server import ProviderServer

SUBJECT = "6b1c5a0e-3a54-4e0c-9d5f-0d8f3a1f9a11"


ACCESS_SECONDS = 3600


Form = dict[str, str]


@dataclass
class _Sign:
    """One authorization that waits for its code to be redeemed."""

    nonce: str
    challenge: str
    redirect_uri: str


@dataclass
class LyingProvider:
    """Set its fields at any time; `requests` are the paths that were asked, in order."""

    lie: str = ""
    clock_shift: float = 0.0
    down: bool = False
    slow_seconds: float = 0.0
    access_seconds: int = ACCESS_SECONDS
    email: str = "ben@lima-survey.example"
    algorithm: str = "ES256"
    issuer: str = ""
    requests: list[str] = field(default_factory=list)
    revoked: list[str] = field(default_factory=list)
    device_confirmed: bool = False
    subject: str = SUBJECT
    refuses_access: bool = False
    token_path: str = "/token"  # where tokens are given now
    secrets: list[str] = field(default_factory=list)  # everything that must never be in a file

    def __post_init__(self) -> None:
        self.keys = ProviderKeys()
        self._signs: dict[str, _Sign] = {}
        self._families: dict[str, list[str]] = {}  # family: its refresh tokens, the newest last
        self._lock = threading.Lock()

    def answer(self, method: str, target: str, form: Form) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body for one request."""
        path = urlsplit(target).path
        with self._lock:
            self.requests.append(path)
            if self.down:
                return 503, {}, b"out of order"
            path = {"/token": "/moved"}.get(path, path) if path != self.token_path else "/token"
            if self.lie == "a web page" and path == "/token":
                return 200, {"Content-Type": "text/html"}, b"<h1>Welcome to our network</h1>"
            if self.lie == "a redirect elsewhere" and path == "/token":
                return 307, {"Location": "http://localhost:9/token"}, b""
            name = f"_{method.lower()}_{path.strip('/').replace('/', '_').replace('-', '_').replace('.', '')}"
            answer = getattr(self, name, None)
            if answer is None:
                return 404, {}, b""
            query = {key: values[0] for key, values in parse_qs(urlsplit(target).query).items()}
            status, value = answer({**query, **form})
        if status == 302:
            return 302, {"Location": str(value)}, b""
        return status, {"Content-Type": "application/json"}, json.dumps(value).encode()

    def revoke_everything(self) -> None:
        """As an administrator would."""
        with self._lock:
            self._families.clear()

    @property
    def living_families(self) -> int:
        """How many sessions are alive."""
        return len(self._families)

    def _get_well_known_openid_configuration(self, _: Form) -> tuple[int, Claims]:
        return 200, {
            "issuer": "https://elsewhere.example"
            if self.lie == "a document of another issuer"
            else self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": (
                "http://elsewhere.example/token"
                if self.lie == "tokens without protection"
                else f"{self.issuer}{self.token_path}"
            ),
            "jwks_uri": f"{self.issuer}/jwks",
            "revocation_endpoint": f"{self.issuer}/revoke",
            "end_session_endpoint": f"{self.issuer}/logout",
            "device_authorization_endpoint": f"{self.issuer}/device",
            "scopes_supported": ["openid", "profile", "email", "offline_access"],
            "authorization_response_iss_parameter_supported": True,
        }

    def _get_authorize(self, form: Form) -> tuple[int, str]:
        assert form["response_type"] == "code"
        assert form["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.secrets += [code, form["state"], form["nonce"]]
        self._signs[code] = _Sign(form["nonce"], form["code_challenge"], form["redirect_uri"])
        back = {"code": code, "state": form["state"], "iss": self.issuer}
        if self.lie == "declined":
            back = {"error": "access_denied", "state": form["state"], "iss": self.issuer}
        if self.lie == "named by another issuer":
            back["iss"] = "https://elsewhere.example"
        if self.lie == "not named although announced":
            del back["iss"]
        return 302, f"{form['redirect_uri']}?{urlencode(back)}"

    def _post_token(self, form: Form) -> tuple[int, Claims]:
        assert form["client_id"] == CLIENT_ID
        if form["grant_type"] == "refresh_token":
            return self._renewed(form["refresh_token"])
        if form["grant_type"] == "authorization_code":
            sign = self._signs.pop(form["code"], None)
            digest = hashlib.sha256(form["code_verifier"].encode()).digest()
            if (
                sign is None
                or sign.redirect_uri != form["redirect_uri"]
                or sign.challenge != base64url(digest)
            ):
                return 400, {"error": "invalid_grant"}
            return self._new_family(sign.nonce)
        if not self.device_confirmed:
            return 400, {"error": "authorization_pending"}
        return self._new_family(None)

    def _post_revoke(self, form: Form) -> tuple[int, Claims]:
        self.revoked.append(form["token"])
        self._families = {name: ts for name, ts in self._families.items() if form["token"] not in ts}
        return 200, {}

    def _post_device(self, _: Form) -> tuple[int, Claims]:
        return 200, {
            "device_code": secrets.token_urlsafe(16),
            "user_code": "BDWP-HQPK",
            "verification_uri": f"{self.issuer}/activate",
            "expires_in": 300,
            "interval": 1,
        }

    def _get_jwks(self, _: Form) -> tuple[int, Claims]:
        return 200, dict(KeySet([*self.keys.announced.values()]).as_dict(private=False))

    def _post_api_v1_discovery(self, form: Form) -> tuple[int, Claims]:
        federated = form["email"].endswith("@federated.example")
        return 200, {"issuer": self.issuer, "federated": federated, "password_reset": not federated}

    def _get_api_v1_me(self, _: Form) -> tuple[int, Claims]:
        if self.refuses_access:
            self.refuses_access = False
            return 401, {"title": "The token is not good any more."}
        return 200, {
            "subject": self.subject,
            "email": self.email,
            "name": "Ben Costa",
            "membership": "active",
            "organisation": "Lima Survey",
            "country": "PT",
            "roles": ["Product Delivery - Download"],
            "administrators": [{"name": "Ana Lima", "email": "ana@lima-survey.example"}],
        }

    # ---- tokens ----------------------------------------------------------------------------
    def _new_family(self, nonce: str | None) -> tuple[int, Claims]:
        refresh = secrets.token_urlsafe(24)
        self._families[refresh] = [refresh]
        access = secrets.token_urlsafe(24)
        said: Claims = {"access_token": access, "token_type": "Bearer", "expires_in": self.access_seconds}
        self.secrets += [refresh, access]
        said |= {"refresh_token": refresh, "id_token": self._id_token(access, nonce)}
        if self.lie == "no ID token":
            del said["id_token"]
        return 200, {"token_type": "Bearer"} if self.lie == "no tokens" else said

    def _renewed(self, old: str) -> tuple[int, Claims]:
        """Rotation with family revocation (RFC 9700, section 4.14.2): an old one kills its family."""
        if self.lie == "misconfigured":
            return 401, {"error": "invalid_client"}
        name = next((name for name, tokens in self._families.items() if old in tokens), "")
        tokens = self._families.get(name, [])
        if tokens[-1:] != [old]:
            self._families.pop(name, None)
            return 400, {"error": "invalid_grant"}
        tokens.append(secrets.token_urlsafe(24))
        access = secrets.token_urlsafe(24)
        self.secrets += [tokens[-1], access]
        said = {"access_token": access, "token_type": "Bearer", "refresh_token": tokens[-1]}
        return 200, {**said, "expires_in": self.access_seconds}

    def _id_token(self, access: str, nonce: str | None) -> str:
        now = int(time.time() + self.clock_shift)
        if self.lie == "expired":
            now -= 7200
        if self.lie == "issued in the future":
            now += 7200
        half = hashlib.sha256(access.encode()).digest()[:16]
        claims: Claims = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            "at_hash": base64url(half),
            "email": self.email,
            "name": "Ben Costa",
        } | CLAIM_LIES.get(self.lie, {})
        said = {name: value for name, value in claims.items() if value is not None}
        return self.keys.signed(said, self.algorithm, self.lie)


@contextlib.contextmanager
def lying_provider() -> Iterator[LyingProvider]:
    """A provider that runs as long as the block does."""
    provider = LyingProvider()
    server = ProviderServer(provider)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
