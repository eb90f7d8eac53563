# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""An OpenID provider on loopback with real keys that can be told to lie, and to rotate as strictly as any.

It is a small Center as well: it answers discovery and says who somebody is. A lie is one word of `LIES`.
"""

import base64
import contextlib
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

CLIENT_ID = "connection-client"
SUBJECT = "6b1c5a0e-3a54-4e0c-9d5f-0d8f3a1f9a11"
ACCESS_SECONDS = 3600
ENDLESS = 10**12  # bytes

Claims = dict[str, Any]
Form = dict[str, str]

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
ANSWER_LIES = ("a web page", "endless", "cut", "no ID token", "no tokens")
RETURN_LIES = ("named by another issuer", "not named although announced")


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
    secrets: list[str] = field(default_factory=list)  # everything that must never be in a file

    def __post_init__(self) -> None:
        self._keys: dict[str, ECKey | RSAKey] = {
            "ES256": ECKey.generate_key("P-256"),
            "RS256": RSAKey.generate_key(2048),
        }
        self._unknown = ECKey.generate_key("P-256")
        self._signs: dict[str, _Sign] = {}
        self._families: dict[str, list[str]] = {}  # family: its refresh tokens, the newest last
        self._lock = threading.Lock()

    # ---- what happens ----------------------------------------------------------------------
    def answer(self, method: str, target: str, form: Form) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body for one request."""
        path = urlsplit(target).path
        with self._lock:
            self.requests.append(path)
            if self.down:
                return 503, {}, b"out of order"
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
                else f"{self.issuer}/token"
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
            if sign is None or sign.redirect_uri != form["redirect_uri"] or sign.challenge != _base64(digest):
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
        return 200, dict(KeySet([*self._keys.values()]).as_dict(private=False))

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
            "at_hash": _base64(half),
            "email": self.email,
            "name": "Ben Costa",
        } | CLAIM_LIES.get(self.lie, {})
        return self._signed({name: value for name, value in claims.items() if value is not None})

    def _signed(self, claims: Claims) -> str:
        key: ECKey | RSAKey = self._keys[self.algorithm]
        header = {"alg": self.algorithm, "kid": key.kid}
        if self.lie == "no signature":
            return _by_hand({"alg": "none"}, claims, lambda _: b"")
        if self.lie == "symmetric with the public key":
            # The classic: a careless client takes the published key for a shared secret.
            public = self._keys["RS256"].as_pem(private=False)
            header = {"alg": "HS256", "kid": self._keys["RS256"].kid}
            return _by_hand(header, claims, lambda text: hmac.digest(public, text, "sha256"))
        if self.lie == "unknown key":
            self._unknown.ensure_kid()
            key, header["kid"] = self._unknown, self._unknown.kid
        if self.lie == "a new key":
            self._keys["ES256"] = self._unknown
            self._unknown.ensure_kid()
            key, header["kid"] = self._unknown, self._unknown.kid
        token = jwt.encode(header, claims, key, [self.algorithm])
        if self.lie == "changed after signing":
            head, body, signature = token.split(".")
            changed = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)).replace(b"Ben", b"Eve")
            token = f"{head}.{_base64(changed)}.{signature}"
        return token


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _by_hand(header: Claims, claims: Claims, sign: Callable[[bytes], bytes]) -> str:
    """A token that no decent library would make."""
    text = f"{_base64(json.dumps(header).encode())}.{_base64(json.dumps(claims).encode())}"
    return f"{text}.{_base64(sign(text.encode()))}"


@contextlib.contextmanager
def lying_provider() -> Iterator[LyingProvider]:
    """A provider that runs as long as the block does."""
    provider = LyingProvider()
    for key in provider._keys.values():
        key.ensure_kid()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    server.daemon_threads = True
    server.block_on_close = False
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(provider: LyingProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._do("GET", {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            form = json.loads(body) if "json" in self.headers["Content-Type"] else dict(_pairs(body))
            self._do("POST", form)

        def _do(self, method: str, form: Form) -> None:
            status, headers, content = provider.answer(method, self.path, form)
            if provider.slow_seconds:
                threading.Event().wait(provider.slow_seconds)
            with contextlib.suppress(OSError):
                self._send(status, headers, content)

        def _send(self, status: int, headers: dict[str, str], content: bytes) -> None:
            lie = provider.lie if urlsplit(self.path).path == "/token" else ""
            length = {"cut": len(content) + 10, "endless": ENDLESS}.get(lie, len(content))
            date = formatdate(time.time() + provider.clock_shift, usegmt=True)
            self.send_response_only(status)
            for name, value in {**headers, "Date": date, "Content-Length": str(length)}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)
            while lie == "endless":
                self.wfile.write(b" " * 65536)
            self.close_connection = lie == "cut"

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def _pairs(body: str) -> Iterator[tuple[str, str]]:
    for name, values in parse_qs(body).items():
        yield name, values[0]
