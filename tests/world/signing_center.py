# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A Center in small: signs entitlements over real HTTP; a test changes what, with which key, and whether."""

import base64
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import OKPKey

from connection_client.backend.signatures import Signatures

TOKEN = "access-token"
PRODUCT = "survey-viewer"


@dataclass
class SigningCenter:
    """`claims` are changed and `refused` products get a no with that reason."""

    subject: str = "5f0c"
    address: str = ""
    products: tuple[str, ...] = (PRODUCT, "mesh-viewer")
    refused: dict[str, str] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    lifetime: timedelta = timedelta(days=14)
    asked: int = 0
    devices: list[str] = field(default_factory=list)
    key: OKPKey = field(default_factory=lambda: OKPKey.generate_key("Ed25519", auto_kid=True))
    announced: OKPKey | None = None
    going: threading.Event = field(default_factory=threading.Event)  # while it is clear, answers hang

    def token(self, product: str) -> str:
        claims: dict[str, Any] = {
            "iss": self.address,
            "sub": self.subject,
            "aud": "connection-client",
            "product": product,
            "entitled": product not in self.refused,
            "iat": int(self.now.timestamp()),
            "exp": int((self.now + self.lifetime).timestamp()),
        }
        if product in self.refused:
            claims["reason"] = self.refused[product]
        claims |= self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode({"alg": "EdDSA", "kid": self.key.kid}, claims, self.key, registry=Signatures())

    def keys(self) -> dict[str, Any]:
        key = self.announced or self.key
        return {"keys": [{**key.as_dict(private=False), "kid": self.key.kid}]}

    def answers(self) -> dict[str, Any]:
        return {"entitlements": [{"product": name, "token": self.token(name)} for name in self.products]}


def forged(center: SigningCenter) -> dict[str, str]:
    """Tokens that must not be believed: unsigned, and signed with the public key as a shared secret."""
    claims = {
        "iss": center.address,
        "sub": center.subject,
        "aud": "connection-client",
        "product": PRODUCT,
        "entitled": True,
        "iat": int(center.now.timestamp()),
        "exp": int((center.now + center.lifetime).timestamp()),
    }
    head, body, signature = center.token(PRODUCT).split(".")
    sham = jwt_part({"alg": "HS256", "kid": center.key.kid}) + "." + jwt_part(claims)
    mac = hmac.digest(center.key.as_pem(private=False), sham.encode(), "sha256")
    return {
        "none": jwt_part({"alg": "none"}) + "." + jwt_part(claims) + ".",
        "shared secret": f"{sham}.{base64url(mac)}",
        "cut": f"{head}.{body}.{signature[:-8]}",
        "changed": f"{head}.{jwt_part(claims | {'product': 'mesh-viewer'})}.{signature}",
        "nothing": "",
        "garbage": "a.b.c.d",
    }


def jwt_part(value: dict[str, Any]) -> str:
    """A header or body as it stands in a token."""
    return base64url(json.dumps(value).encode())


def base64url(content: bytes) -> str:
    """Base64 as JSON Web Tokens have it (RFC 7515, section 2)."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


class _Server(ThreadingHTTPServer):
    def __init__(self, center: SigningCenter) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.center = center


class _Handler(BaseHTTPRequestHandler):
    @property
    def _center(self) -> SigningCenter:
        return cast("_Server", self.server).center

    def do_GET(self) -> None:
        self._center.asked += 1
        self._center.going.wait(20)
        path, _, query = self.path.partition("?")
        self._center.devices += parse_qs(query).get("device", [])
        known = self.headers.get("Authorization") == f"Bearer {TOKEN}"
        if path == "/api/v1/entitlements/jwks.json":
            self.answer(200, self._center.keys())
        elif not known:
            self.answer(401, {})
        else:
            self.answer(self._center.status, self._center.answers())

    def answer(self, status: int, value: dict[str, Any]) -> None:
        content = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: object) -> None:
        """Stay quiet."""


@contextmanager
def running_signing_center() -> Iterator[SigningCenter]:
    """It listens until the end of the block."""
    center = SigningCenter()
    center.going.set()

    server = _Server(center)
    center.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield center
    finally:
        center.going.set()
        server.shutdown()
        server.server_close()
        thread.join()
