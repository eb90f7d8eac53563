# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The end of a sign-in: on another computer, refused, and signed out."""

import re

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.center.accounts import OpenIdClient, may
from tests.world.center import ADMINISTRATOR
from tests.world.visitor import Visitor, heading
from tests.world.waiting import wait_until


def test_device_code_signs_in_another_computer(ana: Visitor) -> None:
    client = OpenIdClient(ana)
    form = {"client_id": "connection-client", "scope": "openid profile email"}
    device = ana.http.post(client.metadata["device_authorization_endpoint"], data=form).json()
    poll = {
        "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
        "client_id": "connection-client",
        "device_code": device["device_code"],
    }
    pending = ana.http.post(client.metadata["token_endpoint"], data=poll)
    assert pending.json()["error"] == "authorization_pending"
    page = ana.http.get(device["verification_uri"])
    assert heading(page) == "Enter the code"
    page = ana.http.get(device["verification_uri"], params={"code": device["user_code"]})
    assert heading(page) == "Sign in another computer as Ana Lima?"
    done = ana.send(str(page.url), {"action": "confirm"})
    assert heading(done) == "The other computer is signed in"
    tokens = wait_until(
        lambda: _granted(ana.http.post(client.metadata["token_endpoint"], data=poll)), 20, "no tokens"
    )
    info = ana.http.get(
        client.metadata["userinfo_endpoint"], headers={"Authorization": f"Bearer {tokens['access_token']}"}
    )
    assert info.json()["email"] == ADMINISTRATOR
    keys = KeySet.import_key_set(ana.http.get(client.metadata["jwks_uri"]).json())
    claims = jwt.decode(tokens["id_token"], keys, algorithms=["RS256"]).claims
    assert claims["sub"] == info.json()["sub"]
    assert client.renew(tokens["refresh_token"]).status_code == 200
    again = ana.http.post(client.metadata["token_endpoint"], data=poll)
    assert again.status_code == 400  # a device code gives tokens once


def _granted(answer: httpx.Response) -> dict[str, str] | None:
    """The tokens, once the Center lets the other computer ask again."""
    if answer.status_code == 200:
        return dict(answer.json())
    assert answer.json()["error"] in {"authorization_pending", "slow_down"}, answer.text
    return None


def test_refused_device_gets_nothing(ana: Visitor) -> None:
    client = OpenIdClient(ana)
    form = {"client_id": "connection-client", "scope": "openid"}
    device = ana.http.post(client.metadata["device_authorization_endpoint"], data=form).json()
    page = ana.http.get(device["verification_uri"], params={"code": device["user_code"]})
    assert heading(ana.send(str(page.url), {"action": "deny"})) == "The other computer was refused"
    poll = {
        "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
        "client_id": "connection-client",
        "device_code": device["device_code"],
    }
    refused = ana.http.post(client.metadata["token_endpoint"], data=poll)
    assert (refused.status_code, refused.json()["error"]) == (400, "access_denied")


def _sign_out_form(page: httpx.Response, action: str) -> dict[str, str]:
    fields = dict(re.findall(r'<input type="hidden" name="([a-z_]+)"(?: value="([^"]*)")?', page.text))
    return fields | {"action": action}


def test_sign_out_asks_ends_the_tokens_and_goes_back_to_the_client(ana: Visitor) -> None:
    client = OpenIdClient(ana)
    tokens = client.sign_in()
    back = "http://127.0.0.1:45711/signed-out"
    query = {
        "id_token_hint": tokens.answer["id_token"],
        "post_logout_redirect_uri": back,
        "state": "s-1",
    }
    end = client.metadata["end_session_endpoint"]
    page = ana.http.get(end, params=query)
    assert heading(page) == "Sign out of CONNECT Center too?"
    form = _sign_out_form(page, "logout") | {"csrfmiddlewaretoken": ana.http.cookies["csrftoken"]}
    answer = ana.http.post(end, data=form, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, f"{back}?state=s-1")
    assert not may(ana, tokens.answer["access_token"])
    assert ana.open("connected/").url.path == "/accounts/login/"


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "http://127.0.0.1:45711/elsewhere", "javascript:x"]
)
def test_sign_out_goes_nowhere_else(ana: Visitor, back: str) -> None:
    client = OpenIdClient(ana)
    query = {"id_token_hint": client.sign_in().answer["id_token"], "post_logout_redirect_uri": back}
    answer = ana.http.get(client.metadata["end_session_endpoint"], params=query, follow_redirects=False)
    assert "location" not in answer.headers
    assert heading(answer) == "This sign-in cannot go on"
