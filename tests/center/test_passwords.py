# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Native creation and reset of passwords, and the same way in the browser."""

import uuid
from collections.abc import Callable
from typing import Any

from tests.center.accounts import (
    PASSWORD,
    RESET,
    OpenIdClient,
    add_user,
    ask_for_code,
    create_password,
    session_of,
    set_password,
)
from tests.world.center import ADMINISTRATOR, Center
from tests.world.visitor import Visitor, heading


def _without_token(answer: Any) -> Any:
    body = answer.json()
    assert body["meta"].pop("session_token")
    return answer.status_code, body


def test_known_and_unknown_addresses_get_the_same_answer(center: Center, visitor: Visitor) -> None:
    unknown = f"{uuid.uuid4().hex}@nowhere.example"
    assert _without_token(ask_for_code(visitor, ADMINISTRATOR)) == _without_token(
        ask_for_code(visitor, unknown)
    )
    assert "not registered" in center.wait_for_mail(unknown).subject


def test_checking_a_code_does_not_tell_who_is_known(visitor: Visitor) -> None:
    answers = []
    for email in (ADMINISTRATOR, f"{uuid.uuid4().hex}@nowhere.example"):
        session = session_of(ask_for_code(visitor, email))
        for _try in range(6):  # the fifth ends the request, for either
            key = session | {"X-Password-Reset-Key": "AAAA-BBBB"}
            answer = visitor.http.get(f"{RESET}/reset", headers=key)
            answers.append((email == ADMINISTRATOR, answer.status_code, answer.text))
    known = [answer[1:] for answer in answers if answer[0]]
    assert known == [answer[1:] for answer in answers if not answer[0]]
    assert [status for status, _text in known] == [400] * 5 + [409]


def test_user_added_by_an_administrator_creates_a_password_and_signs_in(
    center: Center, visitor: Visitor, ana: Visitor, new_address: Callable[[], str]
) -> None:
    email = new_address()
    add_user(ana, email)
    assert "Forgot your password?" in center.wait_for_mail(email).text
    create_password(center, visitor, f" {email.upper()} ".strip().lower())
    assert heading(visitor.sign_in(email, PASSWORD)) == "Which kind of user am I?"
    assert "was changed" in center.wait_for_mail(email, lambda mail: "was changed" in mail.subject).subject


def test_no_password_fits_before_one_is_created(
    visitor: Visitor, ana: Visitor, new_address: Callable[[], str]
) -> None:
    email = new_address()
    add_user(ana, email)
    for guess in ("!", "None", PASSWORD):
        assert "do not fit together" in visitor.sign_in(email, guess).text


def code_for(center: Center, visitor: Visitor, ana: Visitor, email: str) -> tuple[dict[str, str], str]:
    """Somebody new asks for a code: the header of the later calls, and the code of the mail."""
    add_user(ana, email)
    session = session_of(ask_for_code(visitor, email))
    return session, center.wait_for_mail(email, lambda mail: "code" in mail.subject).code


def test_code_can_be_checked_alone_and_typed_carelessly(
    center: Center, visitor: Visitor, ana: Visitor, new_address: Callable[[], str]
) -> None:
    session, code = code_for(center, visitor, ana, new_address())
    wrong = visitor.http.get(f"{RESET}/reset", headers=session | {"X-Password-Reset-Key": "AAAA-BBBB"})
    assert (wrong.status_code, wrong.json()["errors"][0]["param"]) == (400, "key")
    careless = code.lower().replace("-", " ")
    good = visitor.http.get(f"{RESET}/reset", headers=session | {"X-Password-Reset-Key": careless})
    assert good.status_code == 200
    assert set_password(visitor, session, careless, PASSWORD).status_code == 401


def test_refused_password_gives_reasons_and_keeps_the_code(
    center: Center, visitor: Visitor, ana: Visitor, new_address: Callable[[], str]
) -> None:
    session, code = code_for(center, visitor, ana, new_address())
    refused = set_password(visitor, session, code, "123456")
    assert refused.status_code == 400
    assert {error["param"] for error in refused.json()["errors"]} == {"password"}
    assert "at least 12 characters" in refused.json()["errors"][0]["message"]
    assert set_password(visitor, session, code, PASSWORD).status_code == 401
    assert set_password(visitor, session, code, "Another-word-991").status_code == 409  # used up


def test_five_wrong_tries_end_a_code(
    center: Center, visitor: Visitor, ana: Visitor, new_address: Callable[[], str]
) -> None:
    email = new_address()
    session, code = code_for(center, visitor, ana, email)
    for _try in range(5):
        assert set_password(visitor, session, "AAAA-BBBB", PASSWORD).status_code == 400
    assert set_password(visitor, session, code, PASSWORD).status_code == 409
    assert "do not fit together" in visitor.sign_in(email, PASSWORD).text


def test_code_of_one_request_does_not_open_another(
    center: Center, visitor: Visitor, ana: Visitor, new_address: Callable[[], str]
) -> None:
    mine, hers = new_address(), new_address()
    add_user(ana, mine)
    add_user(ana, hers)
    ask_for_code(visitor, mine)
    code = center.wait_for_mail(mine, lambda mail: "code" in mail.subject).code
    session = session_of(ask_for_code(visitor, hers))
    assert set_password(visitor, session, code, PASSWORD).status_code == 400


def test_many_requests_for_one_address_are_slowed_down(visitor: Visitor) -> None:
    email = f"{uuid.uuid4().hex}@nowhere.example"
    answers = [ask_for_code(visitor, email).status_code for _try in range(6)]
    assert answers == [401] * 5 + [429]


def test_the_same_way_in_the_browser(
    center: Center, visitor: Visitor, ana: Visitor, new_address: Callable[[], str]
) -> None:
    email = new_address()
    add_user(ana, email)
    assert heading(visitor.send("accounts/password/reset/", {"email": email})) == "Enter the code"
    code = center.wait_for_mail(email, lambda mail: "code" in mail.subject).code
    again = visitor.send("accounts/password/reset/confirm/", {"code": "AAAA-BBBB"})
    assert "This code does not fit" in again.text
    page = visitor.send("accounts/password/reset/confirm/", {"code": code})
    assert heading(page) == "Choose a password"
    form = {"password1": PASSWORD, "password2": PASSWORD}
    done = visitor.send("accounts/password/reset/complete/", form)
    assert done.status_code == 200
    assert heading(visitor.sign_in(email, PASSWORD)) == "Which kind of user am I?"


def test_password_is_changed_on_the_own_page(
    center: Center, visitor: Visitor, ana: Visitor, new_address: Callable[[], str]
) -> None:
    email = new_address()
    add_user(ana, email)
    create_password(center, visitor, email)
    visitor.sign_in(email, PASSWORD)
    assert "accounts/password/change/" in visitor.open("connected/").text
    form = {"oldpassword": "wrong", "password1": "Second-lantern-89", "password2": "Second-lantern-89"}
    assert "current password" in visitor.send("accounts/password/change/", form).text
    assert visitor.send("accounts/password/change/", form | {"oldpassword": PASSWORD}).status_code == 200
    with Visitor(center) as again:
        assert "do not fit together" in again.sign_in(email, PASSWORD).text
        assert heading(again.sign_in(email, "Second-lantern-89")) == "Which kind of user am I?"


def test_address_is_replaced_once_the_new_one_is_confirmed(
    center: Center, visitor: Visitor, ana: Visitor, new_address: Callable[[], str]
) -> None:
    old, new = new_address(), new_address()
    add_user(ana, old)
    create_password(center, visitor, old)
    visitor.sign_in(old, PASSWORD)
    before = visitor.http.get("api/v1/me", headers=OpenIdClient(visitor).sign_in().bearer).json()
    visitor.send("accounts/email/", {"email": new.upper(), "action_add": "1"})
    me = visitor.http.get("api/v1/me", headers=OpenIdClient(visitor).sign_in().bearer).json()
    assert me["email"] == old
    visitor.confirm(center.wait_for_mail(new))
    with Visitor(center) as again:
        again.sign_in(new, PASSWORD)
        after = again.http.get("api/v1/me", headers=OpenIdClient(again).sign_in().bearer).json()
    assert (after["email"], after["subject"]) == (new, before["subject"])
    assert after["membership"] == "active"
