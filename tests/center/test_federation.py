# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""People of a domain sign in at their organisation's own provider, here the strict one of npm."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.center.accounts import (
    PASSWORD,
    REDIRECT,
    RESET,
    OpenIdClient,
    ask_for_code,
    session_of,
    set_password,
)
from tests.world.center import ADMINISTRATOR, Center, running_center
from tests.world.providers import Provider, oidc_provider
from tests.world.visitor import Visitor, heading

SECRET = secrets.token_urlsafe(24)


@dataclass(frozen=True)
class Federation:
    """A Center, the provider of Firm, and another one's that answers for Firm's people."""

    center: Center
    firm: Provider
    liar: Provider


@pytest.fixture(scope="module")
def federation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Federation]:
    folder = tmp_path_factory.mktemp("federation")
    (folder / "secret").write_text(f"{SECRET}\n")
    with running_center(folder / "center") as center:
        place = f"{center.address}accounts/oidc/{{}}/login/callback/"
        with (
            oidc_provider(
                folder, user="jane@firm.example", web_redirect=place.format("firm.example"), web_secret=SECRET
            ) as firm,
            oidc_provider(
                folder, user="jane@firm.example", web_redirect=place.format("liar.example"), web_secret=SECRET
            ) as liar,
        ):
            for name, provider in (("firm", firm), ("liar", liar)):
                _federate(center, name, provider, folder / "secret")
            yield Federation(center, firm, liar)


def _federate(center: Center, name: str, provider: Provider, secret: Path) -> None:
    contact = f"contact@{name}.example"
    add = ("organisation", "add", name.title(), "--country", "DE", "--name", "Contact")
    center.manage(*add, "--fulfilment-contact", contact)
    center.manage("organisation", "domain", name.title(), f"{name}.example", "--approve")
    words = ("organisation", "federate", f"{name}.example", "--issuer", provider.issuer)
    said = center.manage(*words, "--client-secret-file", str(secret))
    assert f"accounts/oidc/{name}.example/login/callback/" in said


def _at_provider(visitor: Visitor, page: httpx.Response, provider: Provider) -> httpx.Response:
    """Sign in on the provider's page and agree; the last answer before the client's own address."""
    assert heading(page) == "Sign in"
    assert f'value="{provider.user}"' in page.text  # the hint went along
    form = {"login": provider.user, "password": provider.password, "step": "login"}
    page = _followed(visitor, visitor.http.post(str(page.url), data=form, follow_redirects=False))
    if "Let CONNECT Center sign you in" in page.text:
        consent = visitor.http.post(str(page.url), data={"step": "consent"}, follow_redirects=False)
        page = _followed(visitor, consent)
    return page


def _followed(visitor: Visitor, answer: httpx.Response) -> httpx.Response:
    while answer.next_request and not str(answer.next_request.url).startswith(REDIRECT):
        answer = visitor.http.send(answer.next_request, follow_redirects=False)
    return answer


def test_discovery_says_who_signs_in_elsewhere(federation: Federation) -> None:
    with Visitor(federation.center) as visitor:
        answer = visitor.http.post("api/v1/discovery", json={"email": " Anybody@Firm.example "}).json()
        assert answer == {
            "issuer": federation.center.address.rstrip("/"),
            "federated": True,
            "password_reset": False,
            "organisation": "Firm",
        }
        other = visitor.http.post("api/v1/discovery", json={"email": "jane@sub.firm.example"}).json()
        assert other["federated"] is False


def test_person_comes_back_with_an_account_and_a_membership(federation: Federation) -> None:
    with Visitor(federation.center) as visitor:
        client = OpenIdClient(visitor)
        page = visitor.http.get(client.address(login_hint="jane@firm.example"))
        assert str(page.url).startswith(federation.firm.issuer)
        page = _at_provider(visitor, page, federation.firm)
        assert "terms/agree/" in str(page.url)  # a new account; the way back is kept
        me = visitor.http.get("api/v1/me", headers=client.sign_in().bearer).json()
        assert (me["email"], me["name"]) == ("jane@firm.example", "Jane Doe")
        assert (me["organisation"], me["membership"], me["country"]) == ("Firm", "active", "DE")
    with Visitor(federation.center) as again:  # the same account the next time
        page = again.http.get(OpenIdClient(again).address(login_hint="jane@firm.example"))
        _at_provider(again, page, federation.firm)
        second = again.http.get("api/v1/me", headers=OpenIdClient(again).sign_in().bearer).json()
        assert second["subject"] == me["subject"]


@pytest.mark.parametrize("path", ["accounts/login/", "accounts/login/code/"])
def test_no_other_door_lets_a_federated_person_in(federation: Federation, path: str) -> None:
    email = "contact@firm.example"
    center = federation.center
    with Visitor(center) as visitor:
        if path == "accounts/login/":
            page = visitor.send(path, {"login": email, "password": PASSWORD})
        else:
            visitor.send(path, {"email": email})
            code = center.wait_for_mail(email, lambda mail: "code" in mail.subject.lower()).code
            page = visitor.send("accounts/login/code/confirm/", {"code": code})
        assert str(page.url).startswith(federation.firm.issuer)
        assert visitor.open("connected/").url.path.startswith("/accounts/login/")


def test_a_reset_password_opens_nothing_either(federation: Federation) -> None:
    email = "contact@firm.example"
    with Visitor(federation.center) as visitor:
        session = session_of(ask_for_code(visitor, email))
        code = federation.center.wait_for_mail(email, lambda mail: "password" in mail.text.lower()).code
        set_password(visitor, session, code, PASSWORD)
        form = {"email": email, "password": PASSWORD}
        answer = visitor.http.post(RESET.replace("/password", "/login"), json=form)
        assert "access_token" not in answer.text
        assert answer.status_code != 200
        visitor.sign_in(email, PASSWORD)
        assert visitor.open("connected/").url.path == "/accounts/login/"


def test_provider_answers_for_its_own_domain_only(federation: Federation) -> None:
    """The provider of liar.example says that jane@firm.example has signed in."""
    with Visitor(federation.center) as visitor:
        page = visitor.send("accounts/login/", {"login": "jane@liar.example", "password": "x"})
        assert str(page.url).startswith(federation.liar.issuer)
        form = {"login": federation.liar.user, "password": federation.liar.password, "step": "login"}
        page = visitor.http.post(str(page.url), data=form)
        page = visitor.http.post(str(page.url), data={"step": "consent"})
        assert (page.status_code, heading(page)) == (403, "This sign-in cannot go on")
        assert visitor.open("connected/").url.path == "/accounts/login/"


def test_person_who_cancels_is_told(federation: Federation) -> None:
    with Visitor(federation.center) as visitor:
        page = visitor.send("accounts/login/", {"login": "new@firm.example", "password": "x"})
        page = visitor.http.post(str(page.url), data={"step": "refuse"})
        assert heading(page) == "You are not signed in"


def test_others_sign_in_as_before(federation: Federation) -> None:
    with Visitor(federation.center) as visitor:
        page = visitor.http.get(OpenIdClient(visitor).address(login_hint=ADMINISTRATOR))
        assert heading(page) == "Sign in to CONNECT Center"
        assert "state" not in parse_qs(urlsplit(str(page.url)).query)


def test_silent_provider_is_told_and_ends_with_the_federation(federation: Federation) -> None:
    center = federation.center
    contact = ("organisation", "add", "Quiet", "--country", "DE", "--name", "Q")
    center.manage(*contact, "--fulfilment-contact", "q@quiet.example")
    center.manage("organisation", "domain", "Quiet", "quiet.example")
    center.manage("organisation", "federate", "quiet.example", "--issuer", "http://127.0.0.1:9")
    with Visitor(center) as visitor:
        form = {"login": "q@quiet.example", "password": "x"}
        page = visitor.send("accounts/login/", form)
        assert page.status_code == 503
        assert heading(page).endswith("sign-in does not answer")
        center.manage("organisation", "federate", "quiet.example")
        assert "do not fit together" in visitor.send("accounts/login/", form).text


@pytest.mark.parametrize("issuer", ["http://provider.example", "javascript:x", "provider.example"])
def test_unsafe_issuers_are_refused(federation: Federation, issuer: str) -> None:
    done = federation.center.try_to_manage("organisation", "federate", "firm.example", "--issuer", issuer)
    assert done.returncode == 1
    assert "Nothing was changed." in done.stderr
