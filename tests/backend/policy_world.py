# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A Center that decides how updates come, and a client that asks it."""

import json
import time as time_module
from pathlib import Path

from joserfc import jwt
from joserfc.jwk import OKPKey

from connection_client.backend.http import Client
from connection_client.backend.signatures import Signatures
from connection_client.backend.update_policy import CenterPolicy
from connection_client.storage.files import write_atomically
from tests.world.faulty_server import Exchange, FaultyServer

POLICY, KEYS = "/api/v1/policy", "/api/v1/entitlements/jwks.json"


DAY = 86_400


class World:
    def __init__(self, folder: Path, server: FaultyServer, client: Client) -> None:
        self.server = server
        self.file = folder / "policy.json"
        self.key = OKPKey.generate_key("Ed25519", auto_kid=True)
        self.changes: dict[str, object] = {}
        self.source = CenterPolicy(
            client,
            lambda: server.address,
            lambda: "token",
            lambda: "broad",
            self.file.read_bytes,
            lambda content: write_atomically(self.file, content),
        )
        server.answers[KEYS] = lambda exchange: exchange.send(
            200, self.keys(), {"Content-Type": "application/json"}
        )

    def keys(self) -> bytes:
        return json.dumps({"keys": [{**self.key.as_dict(private=False), "kid": self.key.kid}]}).encode()

    def token(self, rules: object) -> str:
        now = int(time_module.time())
        claims = {
            "iss": self.server.address,
            "aud": "connection-client",
            "use": "update-policy",
            "iat": now,
            "exp": now + 30 * DAY,
            "organisation": "Lima Survey",
            "rules": rules,
        } | self.changes
        return jwt.encode({"alg": "EdDSA", "kid": self.key.kid}, claims, self.key, registry=Signatures())

    def decides(self, rules: object, etag: str = '"1"') -> None:
        self.says({"organisation": "", "rules": [], "token": self.token(rules)}, etag=etag)

    def says(self, content: object, status: int = 200, etag: str = "") -> None:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        kind = {"Content-Type": "application/json"} | ({"ETag": etag} if etag else {})

        def answer(exchange: Exchange) -> None:
            if etag and exchange.headers.get("If-None-Match") == etag:
                exchange.send(304, b"", {"ETag": etag})
            else:
                exchange.send(status, body, kind)

        self.server.answers[POLICY] = answer

    @property
    def asked(self) -> list[str]:
        return [request.path for request in self.server.seen]
