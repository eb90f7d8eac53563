# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client against the real Center: create the password, sign in through its pages, renew, sign out."""

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from connection_client.domain.accounts import Membership, SessionStatus
from connection_client.domain.errors import (
    CenterUnreachable,
    CodeNotAccepted,
    NotSignedIn,
    PasswordNotAccepted,
    TooManyTries,
)
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, ORGANISATION, Center, running_center
from tests.world.center_rooms import rooms_at
from tests.world.identity import Rooms
from tests.world.providers.person import sign_in_with_form
from tests.world.session import PrivateSession

NEW_PASSWORD = "Quiet-lantern-48"
RENAME = f"""
from connect_center.accounts.models import User
person = User.objects.get(email={ADMINISTRATOR!r})
person.name = "{{}}"
person.save()
"""


@pytest.fixture(scope="module")
def center(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Center]:
    with running_center(tmp_path_factory.mktemp("center")) as running:
        yield running


@pytest.fixture
def rooms(desktop: PrivateSession, center: Center, tmp_path: Path) -> Iterator[Rooms]:
    with rooms_at(center, tmp_path / "client") as opened:
        yield opened


def sign_in(rooms: Rooms, email: str, password: str) -> str:
    """Sign in as a person does; the text of the last page."""
    attempt = rooms.sign_in.start(rooms.sign_in.discover(email))
    pages: list[str] = []
    person = threading.Thread(
        target=lambda: pages.append(sign_in_with_form(attempt.url, email, password).text), daemon=True
    )
    person.start()
    attempt.wait()
    person.join(20)
    return pages[0]


def test_the_administrator_signs_in_renews_and_leaves(rooms: Rooms) -> None:
    assert "You are signed in" in sign_in(rooms, ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
    account = rooms.session.state.account
    assert account is not None
    assert (account.email, account.name, account.organisation) == (ADMINISTRATOR, "Ana Lima", ORGANISATION)
    assert account.membership is Membership.ACTIVE
    first = rooms.session.access_token()
    rooms.session.forget_access_token()
    assert rooms.session.access_token() != first
    assert rooms.session.refresh_account().status is SessionStatus.SIGNED_IN

    last = rooms.session.access_token()
    rooms.session.sign_out()
    assert rooms.session.state.status is SessionStatus.SIGNED_OUT
    with pytest.raises(NotSignedIn):
        rooms.session.access_token()
    assert rooms.session.state.account is None
    assert last


def test_an_account_that_did_not_change_is_not_sent_again(
    rooms: Rooms, center: Center, tmp_path: Path
) -> None:
    sign_in(rooms, ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
    rooms.session.refresh_account()
    again = Rooms(tmp_path / "client", center.address.rstrip("/"))
    statuses: list[int] = []
    again.client.event_hooks = {"response": [lambda response: noted(response, statuses)]}
    again.session.restore()
    before = again.session.refresh_account().account
    assert statuses == [304]
    assert before is not None
    assert before.organisation == ORGANISATION
    center.manage("shell", "-c", RENAME.format("Ana Maria Lima"))
    try:
        after = again.session.refresh_account().account
        assert after is not None
        assert (statuses, after.name, after.roles) == ([304, 200], "Ana Maria Lima", before.roles)
        again.session.refresh_account()
        assert statuses == [304, 200, 304]
    finally:
        center.manage("shell", "-c", RENAME.format("Ana Lima"))
        again.close()


def noted(response: httpx.Response, statuses: list[int]) -> None:
    """Note how the Center answered about the account."""
    if response.url.path == "/api/v1/me":
        statuses.append(response.status_code)


def test_the_center_stops_and_comes_back(rooms: Rooms, center: Center) -> None:
    sign_in(rooms, ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
    center.stop()
    try:
        rooms.session.forget_access_token()
        with pytest.raises(CenterUnreachable):
            rooms.session.refresh_account()
        assert rooms.session.state.status is SessionStatus.SIGNED_IN
        assert rooms.session.state.offline
    finally:
        center.start()
    assert rooms.session.refresh_account().offline is False


def test_the_password_is_created_with_a_mailed_code(rooms: Rooms, center: Center) -> None:
    rules = rooms.password.rules()
    assert rules.minimum_length >= 8
    assert rules.sentences
    request = rooms.password.request(f"  {ADMINISTRATOR} ")
    code = center.wait_for_mail(ADMINISTRATOR).code
    assert request.token not in repr(request)

    with pytest.raises(CodeNotAccepted):
        rooms.password.check(request, "AAAA-AAAA")
    rooms.password.check(request, f" {code.lower()} ")
    with pytest.raises(PasswordNotAccepted) as caught:
        rooms.password.set(request, code, "short")
    assert str(caught.value.facts["reasons"]).strip()
    rooms.password.set(request, code, NEW_PASSWORD)
    with pytest.raises(CodeNotAccepted):
        rooms.password.set(request, code, NEW_PASSWORD)
    assert "You are signed in" in sign_in(rooms, ADMINISTRATOR, NEW_PASSWORD)
    _restore_password(rooms, center)


def _restore_password(rooms: Rooms, center: Center) -> None:
    known = len(center.mails(ADMINISTRATOR))
    request = rooms.password.request(ADMINISTRATOR)
    center.wait_for_mail(ADMINISTRATOR, lambda _: len(center.mails(ADMINISTRATOR)) > known)
    mails = center.mails(ADMINISTRATOR)
    fitting = [mail for mail in mails[known:] if "-" in mail.text]
    rooms.password.set(request, fitting[-1].code, ADMINISTRATOR_PASSWORD)


def test_an_unknown_address_gets_the_same_answer(rooms: Rooms) -> None:
    request = rooms.password.request("nobody@lima-survey.example")
    assert request.resend_after_seconds > 0
    with pytest.raises(CodeNotAccepted):
        rooms.password.check(request, "AAAA-AAAA")
    with pytest.raises(CodeNotAccepted):
        rooms.password.set(request, "AAAA-AAAA", NEW_PASSWORD)


def test_too_many_requests_say_when_to_go_on(rooms: Rooms) -> None:
    def ask_often() -> None:
        for _ in range(30):
            rooms.password.request("often@lima-survey.example")

    with pytest.raises(TooManyTries) as caught:
        ask_often()
    assert int(str(caught.value.facts["minutes"])) >= 1


def test_links_lead_to_the_center(rooms: Rooms, center: Center) -> None:
    links = rooms.center.links()
    assert set(links) == {"register", "forum", "service_request", "downloads", "connected"}
    assert all(rooms.center.owns(link) for link in links.values())
    assert not rooms.center.owns("https://elsewhere.example/")
