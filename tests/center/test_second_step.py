# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A second step after the password, passkeys in a real browser, and the door that shuts for a while."""

import base64
import hmac
import re
import struct
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.center.accounts import PASSWORD, OpenIdClient, add_user, create_password
from tests.world.center import Center
from tests.world.visitor import Visitor, heading

WELCOME = "Which kind of user am I?"


def totp(secret: str, at: float) -> str:
    """The code that an authenticator shows (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(at) // 30), "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


@pytest.fixture
def ben(center: Center, ana: Visitor, visitor: Visitor, new_address: Callable[[], str]) -> str:
    """The address of somebody who is signed in as `visitor`."""
    email = new_address()
    add_user(ana, email)
    create_password(center, visitor, email)
    assert heading(visitor.sign_in(email, PASSWORD)) == WELCOME
    return email


def _set_up(visitor: Visitor) -> tuple[str, list[str]]:
    """The authenticator's secret and the recovery codes."""
    assert heading(visitor.open("accounts/second-step/totp/activate/")) == "Sign in again"
    visitor.send("accounts/reauthenticate/", {"password": PASSWORD})
    page = visitor.open("accounts/second-step/totp/activate/")
    assert heading(page) == "Set up an authenticator"
    found = re.search(r'id="authenticator_secret">([A-Z2-7]+)<', page.text)
    assert found
    wrong = visitor.send("accounts/second-step/totp/activate/", {"code": "000000"})
    assert "This code does not fit." in wrong.text
    page = visitor.send("accounts/second-step/totp/activate/", {"code": totp(found[1], time.time())})
    assert heading(page) == "Recovery codes"
    return found[1], re.findall(r"<li><code>(\d+)</code>", page.text)


def test_code_of_an_authenticator_is_asked_for_and_works_once(
    center: Center, visitor: Visitor, ben: str
) -> None:
    secret, codes = _set_up(visitor)
    assert len(codes) == 10
    assert center.wait_for_mail(ben, lambda mail: mail.subject == "An authenticator was set up")
    with Visitor(center) as again:
        page = again.sign_in(ben, PASSWORD)
        assert heading(page) == "Second step"
        assert again.open("connected/").url.path.startswith("/accounts/")
        assert "This code does not fit." in again.send(page.url.path, {"code": "123456"}).text
        assert heading(again.send(page.url.path, {"code": totp(secret, time.time() + 30)})) == WELCOME
        assert OpenIdClient(again).sign_in().answer["access_token"]
    with Visitor(center) as thief:  # who looked over the shoulder
        page = thief.sign_in(ben, PASSWORD)
        used = thief.send(page.url.path, {"code": totp(secret, time.time() + 30)})
        assert "This code does not fit." in used.text


def test_recovery_code_opens_once(center: Center, visitor: Visitor, ben: str) -> None:
    _secret, codes = _set_up(visitor)
    with Visitor(center) as again:
        page = again.sign_in(ben, PASSWORD)
        assert heading(again.send(page.url.path, {"code": codes[0]})) == WELCOME
        assert "9 codes are left" in again.open("accounts/second-step/").text
    with Visitor(center) as thief:
        page = thief.sign_in(ben, PASSWORD)
        assert heading(thief.send(page.url.path, {"code": codes[0]})) == "Second step"


def test_second_step_is_not_gone_round_by_a_mailed_code(center: Center, visitor: Visitor, ben: str) -> None:
    _set_up(visitor)
    with Visitor(center) as again:
        again.send("accounts/login/code/", {"email": ben})
        code = center.wait_for_mail(ben, lambda mail: "sign" in mail.subject.lower()).code
        page = again.send("accounts/login/code/confirm/", {"code": code})
        assert heading(page) == "Second step"


def test_authenticator_can_be_switched_off(center: Center, visitor: Visitor, ben: str) -> None:
    _set_up(visitor)
    page = visitor.send("accounts/second-step/totp/deactivate/")
    assert "The authenticator is switched off." in page.text
    with Visitor(center) as again:
        assert heading(again.sign_in(ben, PASSWORD)) == WELCOME


@pytest.fixture
def page(center: Center) -> Iterator[Page]:
    """Chromium on http://localhost, which it takes for safe, with a security key plugged in."""
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        context = chromium.new_context(base_url=center.address.replace("127.0.0.1", "localhost"))
        context.set_default_timeout(15_000)
        shown = context.new_page()
        devtools = context.new_cdp_session(shown)
        devtools.send("WebAuthn.enable")
        key = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
        }
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": key})
        yield shown
        chromium.close()


def test_passkey_signs_in_without_a_password(
    center: Center, ana: Visitor, visitor: Visitor, new_address: Callable[[], str], page: Page
) -> None:
    email = new_address()
    add_user(ana, email)
    create_password(center, visitor, email)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto("/accounts/second-step/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name").fill("Key on my ring")
    page.get_by_role("checkbox").check()  # without a password
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("The passkey was added.").wait_for()
    page.goto("/accounts/second-step/webauthn/")
    assert page.get_by_role("cell", name="Key on my ring", exact=True).is_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/connected/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="How are you CONNECTED?").wait_for()
    assert page.get_by_text(email).first.is_visible()
    assert complaints == []
