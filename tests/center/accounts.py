# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What tests do again and again: create passwords as the client does, find members, sign in by OpenID."""

import base64
import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx

from tests.world.center import Center
from tests.world.visitor import Visitor

RESET = "_allauth/app/v1/auth/password"
REDIRECT = "http://127.0.0.1:45711/callback"
SCOPES = "openid profile email offline_access"
PASSWORD = "Copper-lantern-88"
_SUBJECT = re.compile(r"/users/([0-9a-f-]{36})/")


def ask_for_code(visitor: Visitor, email: str) -> httpx.Response:
    """The first call of the native password creation."""
    return visitor.http.post(f"{RESET}/request", json={"email": email})


def session_of(answer: httpx.Response) -> dict[str, str]:
    """The header that ties later calls to the first."""
    return {"X-Session-Token": answer.json()["meta"]["session_token"]}


def set_password(visitor: Visitor, session: dict[str, str], code: str, password: str) -> httpx.Response:
    """The last call of the native password creation."""
    return visitor.http.post(f"{RESET}/reset", headers=session, json={"key": code, "password": password})


def create_password(center: Center, visitor: Visitor, email: str, password: str = PASSWORD) -> None:
    """The whole way, with the code from the real mail."""
    session = session_of(ask_for_code(visitor, email))
    code = center.wait_for_mail(email, lambda mail: "code" in mail.subject).code
    assert (
        set_password(visitor, session, code, password).status_code == 401
    )  # set, and nobody signed in by it


def add_user(ana: Visitor, email: str, *roles: str, name: str = "Ben Okoro") -> str:
    """Register a user as the administrator does; the subject that names the user in addresses."""
    page = ana.send("users/add/", {"name": name, "email": email, "country": "PT", "roles": list(roles)})
    assert page.url.path == "/users/", page.text
    return subject_of(ana, email)


def subject_of(ana: Visitor, email: str) -> str:
    """The subject of a listed user."""
    found = _SUBJECT.findall(ana.http.get("users/", params={"q": email}).text)
    assert found
    return str(found[0])


@dataclass(frozen=True)
class Tokens:
    """What the token endpoint answered, and the nonce it must carry."""

    answer: dict[str, Any]
    nonce: str

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.answer['access_token']}"}


class OpenIdClient:
    """CONNECTION Client's half of the protocol, by hand, so that the Center's half is what is tested."""

    def __init__(self, visitor: Visitor) -> None:
        self.http = visitor.http
        self.visitor = visitor
        self.metadata: dict[str, Any] = self.http.get(".well-known/openid-configuration").json()
        self._verifier = secrets.token_urlsafe(48)
        self.nonce = secrets.token_urlsafe(16)
        self.state = secrets.token_urlsafe(16)

    def address(self, **changes: str) -> str:
        """The address that the browser is sent to."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(self._verifier.encode()).digest()).rstrip(b"=")
        query = {
            "client_id": "connection-client",
            "response_type": "code",
            "redirect_uri": REDIRECT,
            "scope": SCOPES,
            "state": self.state,
            "nonce": self.nonce,
            "code_challenge": challenge.decode(),
            "code_challenge_method": "S256",
        }
        return f"{self.metadata['authorization_endpoint']}?{urlencode(query | changes)}"

    def redirected(self, **changes: str) -> httpx.Response:
        """The answer of the authorization page before any redirect to the client is followed."""
        return self.http.get(self.address(**changes), follow_redirects=False)

    def code_of(self, answer: httpx.Response) -> str:
        """The code that a redirect carries to the client."""
        assert "location" in answer.headers, answer.text
        query = parse_qs(urlsplit(answer.headers["location"]).query)
        assert query["state"] == [self.state]
        return query["code"][0]

    def exchange(self, code: str, **changes: str) -> httpx.Response:
        """Trade a code for tokens."""
        form = {
            "grant_type": "authorization_code",
            "client_id": "connection-client",
            "code": code,
            "redirect_uri": REDIRECT,
            "code_verifier": self._verifier,
        }
        return self.http.post(self.metadata["token_endpoint"], data=form | changes)

    def renew(self, refresh_token: str) -> httpx.Response:
        """Trade a refresh token for new tokens."""
        form = {
            "grant_type": "refresh_token",
            "client_id": "connection-client",
            "refresh_token": refresh_token,
        }
        return self.http.post(self.metadata["token_endpoint"], data=form)

    def sign_in(self) -> Tokens:
        """The whole way for a visitor who has just signed in on the page."""
        self.visitor.send("terms/agree/")
        answer = self.exchange(self.code_of(self.redirected()))
        assert answer.status_code == 200, answer.text
        return Tokens(answer.json(), self.nonce)


def may(visitor: Visitor, access_token: str) -> bool:
    """Whether a token opens the account."""
    answer = visitor.http.get("api/v1/me", headers={"Authorization": f"Bearer {access_token}"})
    assert answer.status_code in {200, 401}
    return answer.status_code == 200
