# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Runs canaille on loopback with one person and one client; writes its address to a pipe once it listens.

Started as a program of its own, with the arguments FD REDIRECT USER NAME PASSWORD.
"""

import os
import secrets
import sys
from datetime import UTC, datetime
from wsgiref.simple_server import WSGIRequestHandler, demo_app, make_server

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from joserfc.jwk import RSAKey

CLIENT_ID = "connection-client"
CLIENT_SECRET = "canaille-hands-one-to-every-client"


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Requests are of no interest."""


def main(descriptor: int, redirect: str, user: str, name: str, password: str) -> None:
    """Serve until ended."""
    with make_server("127.0.0.1", 0, demo_app, handler_class=_Quiet) as server:
        origin = f"127.0.0.1:{server.server_port}"
        app = create_app(_configuration(origin))
        with app.app_context():
            _populate(redirect, user, name, password)
        server.set_app(app)
        os.write(descriptor, f"http://{origin}\n".encode())
        os.close(descriptor)
        server.serve_forever()


def _configuration(origin: str) -> dict[str, object]:
    key = RSAKey.generate_key(2048, auto_kid=True)
    return {
        "SECRET_KEY": secrets.token_hex(16),
        "SERVER_NAME": origin,
        "PREFERRED_URL_SCHEME": "http",
        "CANAILLE_DATABASE": "memory",
        "CANAILLE": {"DATABASE": "memory", "JAVASCRIPT": False, "HTMX": False, "CAPTCHA_ENABLED": False},
        "CANAILLE_OIDC": {"ACTIVE_JWKS": [key.as_dict(private=True)]},
    }


def _populate(redirect: str, user: str, name: str, password: str) -> None:
    given, _, family = name.partition(" ")
    store = Backend.instance
    person = models.User(
        user_name=user.partition("@")[0],
        formatted_name=name,
        given_name=given,
        family_name=family,
        emails=[user],
        password=password,
    )
    store.save(person)
    client = models.Client(
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        client_id_issued_at=datetime.now(UTC),
        client_name="CONNECTION Client",
        client_uri="https://connection.example",
        grant_types=["authorization_code", "refresh_token"],
        response_types=["code"],
        scope=["openid", "profile", "email"],
        redirect_uris=[redirect],
        token_endpoint_auth_method="client_secret_basic",
    )
    store.save(client)
    client.audience = [client]
    store.save(client)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:6])
