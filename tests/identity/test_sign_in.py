# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Sign-in by the browser: what a good provider gives, and every lie refused with its own reason."""

import threading
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from connection_client.domain.accounts import Account, Keeping, SessionStatus
from connection_client.domain.errors import (
    AddressNotReadable,
    CaptivePortal,
    CenterAnswersNonsense,
    CenterUnreachable,
    ClientError,
    ClockWrong,
    SignInCancelled,
    SignInRefused,
    SignInTimedOut,
    TokenRefused,
)
from tests.identity import records
from tests.world.identity import Rooms
from tests.world.openid_provider import (
    CLAIM_LIES,
    RETURN_LIES,
    SIGNATURE_LIES,
    SUBJECT,
    TIME_LIES,
    LyingProvider,
)

ADDRESS = " Ben@Lima-Survey.example "


def sign_in(rooms: Rooms) -> Account:
    return rooms.sign_in.start(rooms.sign_in.discover(ADDRESS)).wait()


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


def refused(rooms: Rooms, kind: type[ClientError], forgery: str = "") -> ClientError:
    """The refusal, after which nothing may have been stored and the browser knows the reason."""
    with pytest.raises(kind) as caught:
        sign_in(rooms)
    assert rooms.session.restore().status is SessionStatus.SIGNED_OUT
    assert not (rooms.folders.data / "account.json").exists()
    if forgery:
        records.refusal(forgery, caught.value)
    return caught.value


REASONS = {
    "another issuer": "another issuer",
    "another audience": "another program",
    "another audience in a list": "another program",
    "another party": "another program",
    "several audiences and no party": "another program",
    "another nonce": "another sign-in",
    "no nonce": "another sign-in",
    "another access token": "access token",
    "no end": "when it ends",
    "an end in words": "when it ends",
    "no subject": "whom",
    "no signature": "signature",
    "symmetric with the public key": "signature",
    "unknown key": "does not know",
    "changed after signing": "signature",
    "expired": "expired",
    "issued in the future": "future",
    "named by another issuer": "another provider",
    "not named although announced": "another provider",
}


@pytest.mark.parametrize("lie", [*CLAIM_LIES, *SIGNATURE_LIES, *TIME_LIES, *RETURN_LIES])
def test_a_forged_answer_is_refused_with_its_reason(rooms: Rooms, provider: LyingProvider, lie: str) -> None:
    provider.lie = lie
    assert REASONS[lie] in str(refused(rooms, TokenRefused, lie).facts["reason"])


@pytest.mark.parametrize("lie", ["a document of another issuer"])
def test_a_document_of_somebody_else_is_refused(rooms: Rooms, provider: LyingProvider, lie: str) -> None:
    provider.lie = lie
    assert "another issuer" in str(refused(rooms, TokenRefused, lie).facts["reason"])
    assert rooms.browser.opened == []


@pytest.mark.parametrize("lie", ["a web page", "endless", "no tokens", "tokens without protection"])
def test_nonsense_is_refused(rooms: Rooms, provider: LyingProvider, lie: str) -> None:
    provider.lie = lie
    if lie == "no tokens":
        refused(rooms, SignInRefused, lie)
    else:
        refused(rooms, CenterAnswersNonsense, lie)


def test_an_answer_that_is_cut_is_an_outage(rooms: Rooms, provider: LyingProvider) -> None:
    provider.lie = "cut"
    assert "cut" in str(refused(rooms, CenterUnreachable, "an answer that is cut").facts["reason"])


def test_a_redirect_to_elsewhere_gets_no_code(rooms: Rooms, provider: LyingProvider) -> None:
    provider.lie = "a redirect elsewhere"
    refused(rooms, CaptivePortal, provider.lie)


def test_a_slow_provider_is_not_waited_for_for_ever(rooms: Rooms, provider: LyingProvider) -> None:
    realm = rooms.sign_in.discover(ADDRESS)
    rooms.client.timeout = httpx.Timeout(0.3)
    provider.slow_seconds = 2
    with pytest.raises(CenterUnreachable, match="no answer in time") as caught:
        rooms.sign_in.start(realm)
    records.refusal("nothing, for too long", caught.value)


def test_the_code_of_another_sign_in_is_refused(rooms: Rooms) -> None:
    rooms.browser.works = False
    mine, other = (rooms.sign_in.start(rooms.sign_in.discover(ADDRESS)) for _ in range(2))
    with httpx.Client(trust_env=False) as browser:
        way_back, swapped = (browser.get(attempt.url).headers["location"] for attempt in (mine, other))
    code = parse_qs(urlsplit(swapped).query)["code"][0]
    own = parse_qs(urlsplit(way_back).query)["code"][0]
    rooms.browser.works = True
    rooms.browser(way_back.replace(own, code))
    with pytest.raises(SignInRefused, match="did not accept the code") as caught:
        mine.wait()
    records.refusal("the code of another sign-in", caught.value)
    other.cancel()
    assert rooms.session.restore().status is SessionStatus.SIGNED_OUT


def test_without_an_id_token_nobody_is_signed_in(rooms: Rooms, provider: LyingProvider) -> None:
    provider.lie = "no ID token"
    assert "no ID token" in str(refused(rooms, TokenRefused, provider.lie).facts["reason"])


def test_declined_on_the_page_is_said(rooms: Rooms, provider: LyingProvider) -> None:
    provider.lie = "declined"
    assert "declined" in str(refused(rooms, SignInRefused, "that the person declined").facts["reason"])
    rooms.browser.close()
    assert "declined" in rooms.browser.pages[0].text


def test_a_new_key_is_fetched_once(rooms: Rooms, provider: LyingProvider) -> None:
    sign_in(rooms)
    provider.requests.clear()
    provider.lie = "a new key"
    assert sign_in(rooms).subject == SUBJECT
    assert provider.requests.count("/jwks") == 1


@pytest.mark.parametrize("algorithm", ["ES256", "RS256"])
def test_the_usual_algorithms_are_believed(rooms: Rooms, provider: LyingProvider, algorithm: str) -> None:
    provider.algorithm = algorithm
    assert sign_in(rooms).subject == SUBJECT


@pytest.mark.parametrize(("shift", "direction"), [(31 * 60, "behind"), (-31 * 60, "ahead")])
def test_a_wrong_clock_is_named(rooms: Rooms, provider: LyingProvider, shift: int, direction: str) -> None:
    provider.clock_shift = shift
    forgery = f"a token, while this computer's clock is {direction}"
    assert refused(rooms, ClockWrong, forgery).facts == {"minutes": 31, "direction": direction}


def test_a_clock_that_is_off_a_little_is_fine(rooms: Rooms, provider: LyingProvider) -> None:
    provider.clock_shift = 60
    assert sign_in(rooms).subject == SUBJECT


def test_an_outage_during_the_sign_in_is_told_as_one(rooms: Rooms, provider: LyingProvider) -> None:
    realm = rooms.sign_in.discover(ADDRESS)
    provider.down = True
    with pytest.raises(CenterUnreachable):
        rooms.sign_in.start(realm)


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
