# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Every lie of a provider is refused with its reason; an outage is told as one."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from connection_client.domain.accounts import SessionStatus
from connection_client.domain.errors import (
    CaptivePortal,
    CenterAnswersNonsense,
    CenterUnreachable,
    ClockWrong,
    SignInRefused,
    TokenRefused,
)
from tests.identity import records
from tests.identity.signing_in import ADDRESS, refused, sign_in
from tests.world.identity import Rooms
from tests.world.openid_provider import SUBJECT, LyingProvider
from tests.world.provider_lies import CLAIM_LIES, RETURN_LIES, SIGNATURE_LIES, TIME_LIES

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
