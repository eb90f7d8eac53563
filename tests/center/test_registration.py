# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Individual registration: from the form to membership, without telling strangers who has an account."""

import uuid
from collections.abc import Callable

from tests.center.accounts import OpenIdClient
from tests.world.center import ADMINISTRATOR, ORGANISATION, Center
from tests.world.visitor import Visitor, heading

PASSWORD = "Quiet-meadow-314"


def _strange() -> str:
    return f"{uuid.uuid4().hex[:12]}@elsewhere.example"


def _membership(visitor: Visitor) -> tuple[str, str]:
    tokens = OpenIdClient(visitor).sign_in()
    me = visitor.http.get("api/v1/me", headers=tokens.bearer).json()
    return me["membership"], me["organisation"]


def test_domain_of_the_organisation_makes_one_wait_until_approved(
    center: Center, visitor: Visitor, ana: Visitor, new_address: Callable[[], str]
) -> None:
    email = new_address()
    assert heading(visitor.register(email)) == "Confirm your address"
    assert email not in ana.open("users/").text  # nothing before the address is confirmed
    visitor.confirm(center.wait_for_mail(email))
    told = center.wait_for_mail(ADMINISTRATOR, lambda mail: email in mail.text)
    assert "Mia Sole waits for your approval" in told.subject
    visitor.sign_in(email, PASSWORD)
    assert _membership(visitor) == ("waiting", ORGANISATION)
    assert "waits for approval" in visitor.open("connected/").text
    me = visitor.http.get("api/v1/me", headers=OpenIdClient(visitor).sign_in().bearer).json()
    ana.send(f"users/{me['subject']}/approve/")
    assert _membership(visitor) == ("active", ORGANISATION)
    assert "You are a user of Lima Survey now" in [mail.subject for mail in center.mails(email)]


def test_domain_may_let_people_in_at_once(center: Center, visitor: Visitor) -> None:
    center.manage("organisation", "domain", ORGANISATION, "open-lima.example", "--approve")
    email = f"{uuid.uuid4().hex[:8]}@open-lima.example"
    visitor.register(email)
    visitor.confirm(center.wait_for_mail(email))
    visitor.sign_in(email, PASSWORD)
    assert _membership(visitor) == ("active", ORGANISATION)


def test_name_of_an_organisation_alone_only_makes_one_wait(center: Center, visitor: Visitor) -> None:
    email = _strange()
    visitor.register(email, organisation=" lima survey ")
    visitor.confirm(center.wait_for_mail(email))
    visitor.sign_in(email, PASSWORD)
    assert _membership(visitor) == ("waiting", ORGANISATION)


def test_nobody_needs_an_organisation(center: Center, visitor: Visitor) -> None:
    email = _strange()
    visitor.register(email)
    visitor.confirm(center.wait_for_mail(email))
    visitor.sign_in(email, PASSWORD)
    assert _membership(visitor) == ("none", "")
    assert "belongs to no organisation yet" in visitor.open("connected/").text


def test_known_address_gets_the_same_answer_as_a_new_one(center: Center) -> None:
    with Visitor(center) as stranger, Visitor(center) as other:
        new = stranger.register(_strange())
        known = other.register(ADMINISTRATOR)
    assert (new.status_code, new.url.path, heading(new)) == (
        known.status_code,
        known.url.path,
        heading(known),
    )
    assert center.wait_for_mail(ADMINISTRATOR, lambda mail: "registered already" in mail.subject)


def test_unconfirmed_address_cannot_be_used(center: Center, visitor: Visitor) -> None:
    email = _strange()
    visitor.register(email)
    page = visitor.sign_in(email, PASSWORD)
    assert heading(page) == "Confirm your address"
    assert visitor.open("connected/").url.path == "/accounts/login/"


def test_what_was_typed_is_kept_beside_each_reason(visitor: Visitor) -> None:
    page = visitor.register("mia@", password1="short", terms="-", country="", organisation="Lima")
    assert page.url.path == "/register/"
    for reason in (
        "at least 12 characters",
        "Registration needs your agreement",
        "Enter a valid email address",
        "This field is required",
    ):
        assert reason in page.text
    assert 'value="Mia Sole"' in page.text
    assert 'value="mia@"' in page.text
    assert 'value="short"' not in page.text


def test_mixed_case_and_spaces_are_one_address(center: Center, visitor: Visitor) -> None:
    email = _strange()
    visitor.register(f"  {email.upper()} ")
    visitor.confirm(center.wait_for_mail(email))
    assert heading(visitor.sign_in(f" {email.title()} ", PASSWORD)) == "Which kind of user am I?"


def test_used_link_says_what_to_do(center: Center, visitor: Visitor) -> None:
    link = f"{center.address}accounts/confirm-email/Mg:nonsense:nonsense/"
    page = visitor.open(link)
    assert "too old or was used before" in page.text
