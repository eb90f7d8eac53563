# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Sign-in by the browser: what a good provider gives, and every lie refused with its own reason."""

import threading
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from connection_client.domain.accounts import Account, Keeping, SessionStatus
from connection_client.domain.errors import AddressNotReadable, SignInCancelled, SignInRefused, SignInTimedOut
from tests.identity.signing_in import ADDRESS, sign_in
from tests.world.identity import Rooms
from tests.world.openid_provider import SUBJECT, LyingProvider


def test_signs_in_and_says_so_in_the_browser(rooms: Rooms, provider: LyingProvider) -> None:
    account = sign_in(rooms)

    assert (account.issuer, account.subject) == (provider.issuer, SUBJECT)
    assert account.organisation == "Lima Survey"
    assert account.may_download
    assert [person.name for person in account.administrators] == ["Ana Lima"]
    state = rooms.session.state
    assert state.status is SessionStatus.SIGNED_IN
    assert state.keeping is Keeping.KEY_STORE
    rooms.browser.close()
    (page,) = rooms.browser.pages
    assert page.status_code == 200
    assert "You are signed in" in page.text
    assert "close this window" in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"


def test_asks_for_as_little_as_possible(rooms: Rooms, provider: LyingProvider) -> None:
    sign_in(rooms)
    after_the_browser = provider.requests[provider.requests.index("/authorize") + 1 :]
    assert after_the_browser == ["/token", "/jwks", "/api/v1/me"]


def test_the_address_for_the_browser_follows_the_rules(rooms: Rooms, provider: LyingProvider) -> None:
    rooms.browser.works = False
    attempt = rooms.sign_in.start(rooms.sign_in.discover(ADDRESS))
    query = {name: values[0] for name, values in parse_qs(urlsplit(attempt.url).query).items()}
    attempt.cancel()
    with pytest.raises(SignInCancelled):
        attempt.wait()

    assert not attempt.opened
    assert attempt.url.startswith(f"{provider.issuer}/authorize?")
    assert query["code_challenge_method"] == "S256"
    assert query["login_hint"] == "Ben@Lima-Survey.example"
    assert query["scope"].split() == ["openid", "profile", "email", "offline_access"]
    assert urlsplit(query["redirect_uri"]).hostname == "127.0.0.1"
    assert min(len(query[name]) for name in ("state", "nonce", "code_challenge")) >= 43


def test_a_federated_address_has_no_password_to_reset(rooms: Rooms) -> None:
    assert not rooms.sign_in.discover("x@federated.example").can_reset_password
    assert rooms.sign_in.discover(ADDRESS).can_reset_password


@pytest.mark.parametrize("typed", ["", "ben", "ben@", "@lima", "ben@lima", "a b@lima.example"])
def test_what_is_no_address_is_not_sent(rooms: Rooms, provider: LyingProvider, typed: str) -> None:
    with pytest.raises(AddressNotReadable):
        rooms.sign_in.discover(typed)
    assert provider.requests == []


def test_the_time_limit_ends_it(open_rooms: Callable[..., Rooms]) -> None:
    rooms = open_rooms(limit=0.2)
    rooms.browser.works = False
    with pytest.raises(SignInTimedOut):
        sign_in(rooms)


def test_cancel_ends_it_at_once(rooms: Rooms) -> None:
    rooms.browser.works = False
    attempt = rooms.sign_in.start(rooms.sign_in.discover(ADDRESS))
    threading.Timer(0.1, attempt.cancel).start()
    with pytest.raises(SignInCancelled):
        attempt.wait()


def test_cancel_before_waiting_leaves_nobody_listening(rooms: Rooms) -> None:
    rooms.browser.works = False
    attempt = rooms.sign_in.start(rooms.sign_in.discover(ADDRESS))
    attempt.cancel()
    back = parse_qs(urlsplit(attempt.url).query)["redirect_uri"][0]
    with pytest.raises(httpx.ConnectError), httpx.Client(trust_env=False) as stranger:
        stranger.get(back)
    with pytest.raises(SignInCancelled):
        attempt.wait()


def test_the_link_may_be_opened_later(rooms: Rooms) -> None:
    rooms.browser.works = False
    attempt = rooms.sign_in.start(rooms.sign_in.discover(ADDRESS))
    rooms.browser.works = True
    assert attempt.open_again()
    assert attempt.wait().subject == SUBJECT


def test_only_the_right_way_back_is_answered_and_only_once(rooms: Rooms) -> None:
    rooms.browser.works = False
    attempt = rooms.sign_in.start(rooms.sign_in.discover(ADDRESS))
    back = parse_qs(urlsplit(attempt.url).query)["redirect_uri"][0]
    with httpx.Client(trust_env=False) as stranger:
        assert stranger.get(back.replace("/callback", "/favicon.ico")).status_code == 404
        assert stranger.get(back, headers={"Host": "evil.example"}).status_code == 404
        assert stranger.get(f"{back}?code=x&state=guessed").status_code == 400
        assert stranger.post(f"{back}?code=x").status_code == 501
        signed_in: list[Account] = []
        waiting = threading.Thread(target=lambda: signed_in.append(attempt.wait()))
        waiting.start()
        location = stranger.get(attempt.url).headers["location"]
        assert "You are signed in" in stranger.get(location).text
        waiting.join(20)
        assert signed_in[0].subject == SUBJECT
        with pytest.raises(httpx.ConnectError):
            stranger.get(location)


def test_a_fixed_port_that_is_taken_is_said(rooms: Rooms) -> None:
    from http.server import HTTPServer

    from connection_client.domain.settings import LOOPBACK_PORT

    with HTTPServer(("127.0.0.1", 0), None) as taken:  # type: ignore[arg-type]
        rooms.settings.set(LOOPBACK_PORT, taken.server_port)
        with pytest.raises(SignInRefused) as caught:
            sign_in(rooms)
    assert "port" in str(caught.value.facts["reason"])


def test_another_device_signs_in(rooms: Rooms, provider: LyingProvider) -> None:
    attempt = rooms.sign_in.start_device(rooms.sign_in.discover(ADDRESS))
    assert attempt.user_code == "BDWP-HQPK"
    assert attempt.complete_address == f"{provider.issuer}/activate"
    provider.device_confirmed = True
    assert attempt.wait().subject == SUBJECT
    assert rooms.session.state.status is SessionStatus.SIGNED_IN


def test_another_device_may_be_given_up(rooms: Rooms) -> None:
    attempt = rooms.sign_in.start_device(rooms.sign_in.discover(ADDRESS))
    attempt.cancel()
    with pytest.raises(SignInCancelled):
        attempt.wait()
