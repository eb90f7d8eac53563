# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""User Management: what administrators decide, and only inside their own organisation."""

from collections.abc import Callable

import pytest

from tests.center.accounts import PASSWORD, OpenIdClient, add_user, create_password, subject_of
from tests.world.center import ADMINISTRATOR, Center
from tests.world.visitor import Visitor, heading

DOWNLOAD = "Product Delivery - Download"
DECISIONS = ["approve", "decline", "suspend", "resume", "remove", "grant", "withdraw", "make-administrator"]


@pytest.fixture
def omar(center: Center, visitor: Visitor, other_organisation: str) -> Visitor:
    """Another organisation's administrator, signed in."""
    script = (
        "from connect_center.accounts.models import User; "
        f"u = User.objects.get(email='{other_organisation}'); u.set_password('{PASSWORD}'); u.save()"
    )
    center.manage("shell", "-v", "0", "-c", script)
    visitor.sign_in(other_organisation, PASSWORD)
    return visitor


def test_added_user_gets_a_mail_with_the_next_steps(
    center: Center, ana: Visitor, new_address: Callable[[], str]
) -> None:
    email = new_address()
    add_user(ana, f" {email.upper()} ", DOWNLOAD, name="Ben Okoro")
    mail = center.wait_for_mail(email)
    assert mail.subject == "You are registered with Lima Survey"
    for step in ("CONNECTION Client", "Forgot your password?", email, f"{center.address}downloads/"):
        assert step in mail.text
    page = ana.http.get("users/", params={"q": email}).text
    assert DOWNLOAD in page


def test_roles_are_granted_and_withdrawn_and_recorded(
    center: Center, ana: Visitor, visitor: Visitor, new_address: Callable[[], str]
) -> None:
    email = new_address()
    subject = add_user(ana, email)
    create_password(center, visitor, email)
    visitor.sign_in(email, PASSWORD)
    bearer = OpenIdClient(visitor).sign_in().bearer

    def roles() -> list[str]:
        return list(visitor.http.get("api/v1/me", headers=bearer).json()["roles"])

    assert roles() == []
    ana.send(f"users/{subject}/grant/", {"role": DOWNLOAD})
    ana.send(f"users/{subject}/grant/", {"role": DOWNLOAD})  # twice is once
    assert roles() == [DOWNLOAD]
    ana.send(f"users/{subject}/withdraw/", {"role": DOWNLOAD})
    assert roles() == []
    record = ana.open(f"users/{subject}/").text.partition("Record</h2>")[2]
    assert [record.count(word) for word in ("granted", "withdrew", "added")] == [1, 1, 1]
    assert "Choose a role." in ana.send(f"users/{subject}/grant/", {"role": "Everything"}).text


def test_suspended_members_keep_roles_and_may_nothing(
    center: Center, ana: Visitor, visitor: Visitor, new_address: Callable[[], str]
) -> None:
    email = new_address()
    subject = add_user(ana, email, DOWNLOAD)
    create_password(center, visitor, email)
    visitor.sign_in(email, PASSWORD)
    bearer = OpenIdClient(visitor).sign_in().bearer
    ana.send(f"users/{subject}/suspend/")
    me = visitor.http.get("api/v1/me", headers=bearer).json()
    assert (me["membership"], me["roles"]) == ("suspended", [])
    assert "suspended" in visitor.open("connected/").text
    ana.send(f"users/{subject}/resume/")
    me = visitor.http.get("api/v1/me", headers=bearer).json()
    assert (me["membership"], me["roles"]) == ("active", [DOWNLOAD])


def test_removed_members_keep_their_account(
    center: Center, ana: Visitor, visitor: Visitor, new_address: Callable[[], str]
) -> None:
    email = new_address()
    subject = add_user(ana, email, DOWNLOAD)
    create_password(center, visitor, email)
    page = ana.send(f"users/{subject}/remove/")
    assert "was removed" in page.text
    assert ana.open(f"users/{subject}/").status_code == 404
    visitor.sign_in(email, PASSWORD)
    me = visitor.http.get("api/v1/me", headers=OpenIdClient(visitor).sign_in().bearer).json()
    assert (me["membership"], me["roles"], me["administrators"]) == ("none", [], [])
    assert add_user(ana, email) == subject  # and can be added again


def test_somebody_who_set_a_password_without_confirming_cannot_ride_along(
    center: Center, ana: Visitor, visitor: Visitor, new_address: Callable[[], str]
) -> None:
    email = new_address()
    visitor.register(email, password1="Strangers-own-77")
    add_user(ana, email)
    assert "do not fit together" in visitor.sign_in(email, "Strangers-own-77").text


def test_every_door_is_shut_to_another_organisation(
    ana: Visitor, omar: Visitor, new_address: Callable[[], str]
) -> None:
    subject = add_user(ana, new_address(), DOWNLOAD)
    assert omar.open("users/").status_code == 200
    assert omar.open(f"users/{subject}/").status_code == 404
    for decision in DECISIONS:
        assert omar.send(f"users/{subject}/{decision}/", {"role": DOWNLOAD}).status_code == 404, decision
    assert ADMINISTRATOR not in omar.open("users/").text
    assert ADMINISTRATOR not in omar.open("users/record/").text
    assert ADMINISTRATOR not in omar.open("connected/").text
    page = omar.send("users/add/", {"name": "Ana", "email": ADMINISTRATOR, "country": "NL"})
    assert "the account belongs elsewhere" in page.text
    assert ana.open(f"users/{subject}/").text.count("Withdraw") >= 1  # nothing was changed


def asks_for_role(center: Center, email: str) -> str:
    """The number of the request."""
    script = (
        "from connect_center.organisations.models import *; "
        f"m = Membership.objects.get(user__email='{email}'); "
        f"print(RoleRequest.objects.create(membership=m, role='{DOWNLOAD}').pk)"
    )
    return center.manage("shell", "-v", "0", "-c", script).strip()


def test_requests_for_roles_of_another_organisation_are_not_there(
    center: Center, ana: Visitor, omar: Visitor, new_address: Callable[[], str]
) -> None:
    email = new_address()
    subject = add_user(ana, email)
    number = asks_for_role(center, email)
    assert omar.send(f"users/requests/{number}/approve/").status_code == 404
    assert "Asks for the role" in ana.open(f"users/{subject}/").text
    page = ana.send(f"users/requests/{number}/approve/")
    assert f"has the role “{DOWNLOAD}” now" in page.text
    assert center.wait_for_mail(email, lambda mail: "You have the role" in mail.subject)
    assert ana.send(f"users/requests/{number}/decline/").status_code == 404  # answered already


def test_declined_requests_are_told(center: Center, ana: Visitor, new_address: Callable[[], str]) -> None:
    email = new_address()
    subject = add_user(ana, email)
    number = asks_for_role(center, email)
    ana.send(f"users/requests/{number}/decline/")
    assert "was declined" in center.wait_for_mail(email, lambda mail: "role" in mail.subject).subject
    assert "not granted" in ana.open(f"users/{subject}/").text


def test_ordinary_members_are_told_who_may(
    center: Center, ana: Visitor, visitor: Visitor, new_address: Callable[[], str]
) -> None:
    email = new_address()
    subject = add_user(ana, email)
    create_password(center, visitor, email)
    visitor.sign_in(email, PASSWORD)
    for path in ("users/", "users/add/", "users/import/", "users/record/", f"users/{subject}/"):
        page = visitor.open(path)
        assert page.status_code == 403
        assert f"mailto:{ADMINISTRATOR}" in page.text
    assert visitor.send(f"users/{subject}/grant/", {"role": DOWNLOAD}).status_code == 403


def test_strangers_are_sent_to_sign_in(visitor: Visitor) -> None:
    for path in ("users/", "users/add/", "users/import/", "connected/"):
        assert visitor.open(path).url.path == "/accounts/login/"


def test_fulfilment_contact_is_administrator_with_the_right_to_download(omar: Visitor) -> None:
    page = omar.open("connected/")
    for fact in ("Delta Works", "Netherlands", DOWNLOAD, "Account Administrator"):
        assert fact in page.text


def test_only_administrator_cannot_leave(omar: Visitor, other_organisation: str) -> None:
    own = subject_of(omar, other_organisation)
    for decision in ("suspend", "remove", "make-member"):
        page = omar.send(f"users/{own}/{decision}/")
        assert "is the only Account Administrator" in page.text
    assert omar.open("users/").status_code == 200


def test_second_administrator_can_be_made_and_unmade(
    center: Center, ana: Visitor, visitor: Visitor, new_address: Callable[[], str]
) -> None:
    email = new_address()
    subject = add_user(ana, email, name="Second Admin")
    create_password(center, visitor, email)
    visitor.sign_in(email, PASSWORD)
    ana.send(f"users/{subject}/make-administrator/")
    assert heading(visitor.open("users/")) == "User Management"
    assert f"mailto:{email}" in ana.open("connected/").text
    ana.send(f"users/{subject}/make-member/")
    assert visitor.open("users/").status_code == 403


def test_decisions_need_a_form_and_its_token(ana: Visitor, new_address: Callable[[], str]) -> None:
    subject = add_user(ana, new_address())
    assert ana.open(f"users/{subject}/remove/").status_code == 405
    assert ana.http.post(f"users/{subject}/remove/").status_code == 403
    assert ana.send(f"users/{subject}/explode/").status_code == 404
    assert ana.open(f"users/{subject}/").status_code == 200


def test_bad_form_keeps_what_was_typed(ana: Visitor) -> None:
    page = ana.send("users/add/", {"name": "Ben <b>Okoro", "email": "ben@", "country": "PT"})
    assert "does not look like an e-mail address" in page.text
    assert 'value="Ben &lt;b&gt;Okoro"' in page.text
    again = ana.send("users/add/", {"name": "Ana", "email": ADMINISTRATOR, "country": "PT"})
    assert f"{ADMINISTRATOR} is a user of your organisation already." in again.text


def test_search_finds_by_words(ana: Visitor, new_address: Callable[[], str]) -> None:
    email = new_address()
    add_user(ana, email, name="Zoë Quartz")
    assert email in ana.http.get("users/", params={"q": "quartz zo"}).text
    assert "Nobody fits" in ana.http.get("users/", params={"q": "quartz nobody"}).text


def test_role_can_be_read_on_the_own_page(ana: Visitor) -> None:
    page = ana.open("connected/")
    assert heading(page) == "How are you CONNECTED?"
    for fact in ("Lima Survey", "Portugal", DOWNLOAD, "Account Administrator", f"mailto:{ADMINISTRATOR}"):
        assert fact in page.text
