# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The OpenID provider as CONNECTION Client uses it."""

import uuid
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.center.accounts import REDIRECT, OpenIdClient, may
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, ORGANISATION, Center
from tests.world.visitor import Visitor, heading

AGE_SESSIONS = """
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
for row in Session.objects.all():
    session = SessionStore(row.session_key)
    for record in session.get("account_authentication_methods", []):
        record["at"] -= 3600
        session.modified = True
    session.save()
"""


def test_code_with_pkce_gives_tokens_that_fit(ana: Visitor) -> None:
    client = OpenIdClient(ana)
    assert client.metadata["code_challenge_methods_supported"] == ["S256"]
    tokens = client.sign_in()
    keys = KeySet.import_key_set(ana.http.get(client.metadata["jwks_uri"]).json())
    claims = jwt.decode(tokens.answer["id_token"], keys, algorithms=["RS256"]).claims
    assert (claims["iss"], claims["aud"], claims["nonce"]) == (
        client.metadata["issuer"],
        "connection-client",
        tokens.nonce,
    )
    assert uuid.UUID(claims["sub"])
    info = ana.http.get(client.metadata["userinfo_endpoint"], headers=tokens.bearer).json()
    assert (info["sub"], info["email"], info["name"]) == (claims["sub"], ADMINISTRATOR, "Ana Lima")


def test_account_answers_who_and_what(ana: Visitor) -> None:
    tokens = OpenIdClient(ana).sign_in()
    me = ana.http.get("api/v1/me", headers=tokens.bearer).json()
    assert uuid.UUID(me.pop("subject"))
    assert {"name": "Ana Lima", "email": ADMINISTRATOR} in me.pop("administrators")
    assert me == {
        "email": ADMINISTRATOR,
        "name": "Ana Lima",
        "membership": "active",
        "organisation": ORGANISATION,
        "country": "PT",
        "roles": ["Product Delivery - Download"],
    }


@pytest.mark.parametrize("port", ["1024", "65535"])
def test_any_loopback_port_will_do(ana: Visitor, port: str) -> None:
    answer = OpenIdClient(ana).redirected(redirect_uri=f"http://127.0.0.1:{port}/callback")
    assert answer.headers["location"].startswith(f"http://127.0.0.1:{port}/callback?code=")


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": "http://127.0.0.1:45711/elsewhere"},
        {"redirect_uri": "http://localhost:45711/callback"},
        {"redirect_uri": "https://evil.example/callback"},
        {"redirect_uri": "http://127.0.0.1.evil.example:45711/callback"},
        {"client_id": "another-client"},
    ],
)
def test_foreign_requests_are_refused_on_the_page_and_redirect_nowhere(
    ana: Visitor, changes: dict[str, str]
) -> None:
    answer = OpenIdClient(ana).redirected(**changes)
    assert "location" not in answer.headers
    assert heading(answer) == "This sign-in cannot go on"


def test_code_works_once_and_only_with_its_verifier(ana: Visitor) -> None:
    client = OpenIdClient(ana)
    code = client.code_of(client.redirected())
    assert client.exchange(code, code_verifier="x" * 48).status_code == 400
    client = OpenIdClient(ana)
    code = client.code_of(client.redirected())
    assert client.exchange(code).status_code == 200
    assert client.exchange(code).json()["error"] == "invalid_grant"


def test_code_is_bound_to_its_redirect(ana: Visitor) -> None:
    client = OpenIdClient(ana)
    code = client.code_of(client.redirected())
    assert client.exchange(code, redirect_uri=REDIRECT.replace("45711", "45712")).status_code == 400


def test_refresh_tokens_are_rotated(ana: Visitor) -> None:
    client = OpenIdClient(ana)
    first = client.sign_in().answer
    second = client.renew(first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert client.renew(second["refresh_token"]).status_code == 200


def test_refresh_token_used_twice_ends_its_family_and_no_other(ana: Visitor) -> None:
    client = OpenIdClient(ana)
    first, elsewhere = client.sign_in().answer, OpenIdClient(ana).sign_in().answer
    second = client.renew(first["refresh_token"]).json()
    third = client.renew(second["refresh_token"]).json()
    assert may(ana, third["access_token"])
    again = client.renew(first["refresh_token"])
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    for ended in (first, second, third):
        assert not may(ana, ended["access_token"])
    assert client.renew(third["refresh_token"]).json()["error"] == "invalid_grant"
    assert may(ana, elsewhere["access_token"])
    assert client.renew(elsewhere["refresh_token"]).status_code == 200


def test_revoked_tokens_open_nothing(ana: Visitor) -> None:
    client = OpenIdClient(ana)
    tokens = client.sign_in()
    for kind in ("access_token", "refresh_token"):
        form = {"token": tokens.answer[kind], "client_id": "connection-client", "token_type_hint": kind}
        assert ana.http.post(client.metadata["revocation_endpoint"], data=form).status_code == 200
    assert ana.http.get("api/v1/me", headers=tokens.bearer).status_code == 401
    assert client.renew(tokens.answer["refresh_token"]).json()["error"] == "invalid_grant"


def test_sign_in_page_knows_the_hinted_address_and_leads_back(visitor: Visitor) -> None:
    client = OpenIdClient(visitor)
    page = visitor.http.get(client.address(login_hint=ADMINISTRATOR))
    assert heading(page) == "Sign in to CONNECT Center"
    assert f'value="{ADMINISTRATOR}"' in page.text
    assert "CONNECTION Client waits for this sign-in" in page.text
    waiting = parse_qs(urlsplit(str(page.url)).query)["next"][0]
    form = {
        "login": ADMINISTRATOR,
        "password": ADMINISTRATOR_PASSWORD,
        "next": waiting,
        "csrfmiddlewaretoken": visitor.http.cookies["csrftoken"],
    }
    answer = visitor.http.post("accounts/login/", data=form, follow_redirects=False)
    answer = visitor.http.get(answer.headers["location"], follow_redirects=False)
    assert client.exchange(client.code_of(answer)).status_code == 200


def test_hint_that_is_no_address_is_ignored(visitor: Visitor) -> None:
    page = visitor.http.get(OpenIdClient(visitor).address(login_hint='"><b>x'))
    assert "<b>x" not in page.text
    assert "x" not in page.text.partition('name="login"')[2].partition(">")[0].replace("maxlength", "")


def test_older_browser_session_is_asked_before_it_answers(center: Center, ana: Visitor) -> None:
    center.manage("shell", "-v", "0", "-c", AGE_SESSIONS)
    client = OpenIdClient(ana)
    page = client.redirected()
    assert heading(page) == "Continue as Ana Lima?"
    signed = page.text.partition('name="request" value="')[2].partition('"')[0]
    answers = {}
    for action in ("grant", "cancel"):
        form = {
            "request": signed,
            "scopes": ["openid", "profile", "email"],
            "action": action,
            "csrfmiddlewaretoken": ana.http.cookies["csrftoken"],
        }
        place = urlsplit(client.metadata["authorization_endpoint"]).path
        answers[action] = ana.http.post(place, data=form, follow_redirects=False)
    assert parse_qs(urlsplit(answers["cancel"].headers["location"]).query)["error"] == ["access_denied"]
    assert client.exchange(client.code_of(answers["grant"])).status_code == 200


def test_wrong_password_and_unknown_address_read_the_same(visitor: Visitor) -> None:
    wrong = visitor.sign_in(ADMINISTRATOR, "not-the-password")
    unknown = visitor.sign_in("nobody@nowhere.example", "not-the-password")
    sentence = "This address and this password do not fit together."
    assert sentence in wrong.text
    assert sentence in unknown.text
    assert (wrong.status_code, wrong.url.path) == (unknown.status_code, unknown.url.path)
    assert f'value="{ADMINISTRATOR}"' in wrong.text  # what was typed is kept


def test_sign_in_goes_nowhere_else(visitor: Visitor) -> None:
    form = {"login": ADMINISTRATOR, "password": ADMINISTRATOR_PASSWORD, "next": "https://evil.example/"}
    assert visitor.send("accounts/login/", form).url.host == "127.0.0.1"
