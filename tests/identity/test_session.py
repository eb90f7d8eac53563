# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The session: restored offline, renewed unnoticed, ended only by the provider's word, left completely."""

from collections.abc import Callable

import pytest

from connection_client.domain.accounts import SessionState, SessionStatus
from connection_client.domain.errors import (
    CenterAnswersNonsense,
    CenterUnreachable,
    NotSignedIn,
    SessionEnded,
)
from tests.identity.signing_in import sign_in
from tests.world import key_store
from tests.world.identity import Rooms
from tests.world.openid_provider import ACCESS_SECONDS, LyingProvider

OpenRooms = Callable[..., Rooms]


def test_the_next_start_needs_no_network(open_rooms: OpenRooms, provider: LyingProvider) -> None:
    account = sign_in(open_rooms())
    provider.requests.clear()
    provider.down = True

    state = open_rooms().session.restore()

    assert state == SessionState(SessionStatus.SIGNED_IN, account, account.email)
    assert provider.requests == []


def test_nobody_was_ever_signed_in(rooms: Rooms) -> None:
    assert rooms.session.restore().status is SessionStatus.SIGNED_OUT
    with pytest.raises(NotSignedIn):
        rooms.session.access_token()


def test_the_last_address_is_filled_in(rooms: Rooms, open_rooms: OpenRooms) -> None:
    sign_in(rooms)
    rooms.session.sign_out()
    assert open_rooms().session.restore().email == "Ben@Lima-Survey.example"


def test_a_token_is_used_until_about_half_of_its_life(rooms: Rooms, provider: LyingProvider) -> None:
    sign_in(rooms)
    first = rooms.session.access_token()
    provider.requests.clear()
    rooms.clock.now += ACCESS_SECONDS * 0.39
    assert rooms.session.access_token() == first
    assert provider.requests == []
    rooms.clock.now += ACCESS_SECONDS * 0.22
    assert rooms.session.access_token() != first
    assert provider.requests == ["/token"]


def test_the_next_start_renews(open_rooms: OpenRooms) -> None:
    sign_in(open_rooms())
    for _ in range(3):
        later = open_rooms()
        later.session.restore()
        assert later.session.access_token()


def test_an_outage_signs_nobody_out(rooms: Rooms, provider: LyingProvider) -> None:
    sign_in(rooms)
    first = rooms.session.access_token()
    provider.down = True
    rooms.clock.now += ACCESS_SECONDS * 0.7
    assert rooms.session.access_token() == first
    assert rooms.session.state.offline
    rooms.clock.now += ACCESS_SECONDS
    with pytest.raises(CenterUnreachable):
        rooms.session.access_token()
    assert rooms.session.state.status is SessionStatus.SIGNED_IN
    with pytest.raises(CenterUnreachable):
        rooms.session.refresh_account()

    provider.down = False
    assert rooms.session.refresh_account().offline is False
    assert rooms.session.state.problem is None


def test_a_provider_that_is_being_set_up_signs_nobody_out(rooms: Rooms, provider: LyingProvider) -> None:
    sign_in(rooms)
    provider.lie = "misconfigured"
    rooms.session.forget_access_token()
    with pytest.raises(CenterAnswersNonsense):
        rooms.session.access_token()
    provider.lie = ""
    assert rooms.session.access_token()


def test_only_the_providers_word_ends_it_calmly(rooms: Rooms, provider: LyingProvider) -> None:
    account = sign_in(rooms)
    provider.revoke_everything()
    rooms.session.forget_access_token()
    with pytest.raises(SessionEnded):
        rooms.session.access_token()
    state = rooms.session.state
    assert (state.status, state.account, state.email) == (SessionStatus.ENDED, account, account.email)
    provider.requests.clear()
    with pytest.raises(SessionEnded):
        rooms.session.access_token()
    assert provider.requests == []
    assert key_store.labels() == []


def test_listeners_hear_each_change_until_they_leave(rooms: Rooms) -> None:
    heard: list[SessionStatus] = []
    leave = rooms.session.subscribe(lambda state: heard.append(state.status))
    sign_in(rooms)
    leave()
    leave()
    rooms.session.sign_out()
    assert heard == [SessionStatus.SIGNED_IN]


def test_each_end_and_each_outage_is_told_once(rooms: Rooms, provider: LyingProvider) -> None:
    heard: list[tuple[SessionStatus, bool]] = []
    rooms.session.subscribe(lambda state: heard.append((state.status, state.offline)))
    for _ in range(2):
        sign_in(rooms)
        provider.down = True
        for _ in range(3):
            with pytest.raises(CenterUnreachable):
                rooms.session.refresh_account()
        provider.down = False
        provider.revoke_everything()
        rooms.session.forget_access_token()
        for _ in range(3):
            with pytest.raises(SessionEnded):
                rooms.session.access_token()
    once = [(SessionStatus.SIGNED_IN, False), (SessionStatus.SIGNED_IN, True), (SessionStatus.ENDED, False)]
    assert heard == [*once, *once]


def test_the_account_follows_the_center(rooms: Rooms, provider: LyingProvider, open_rooms: OpenRooms) -> None:
    before = sign_in(rooms)
    provider.email = "benedito@lima-survey.example"
    rooms.session.refresh_account()
    after = open_rooms().session.restore().account
    assert after is not None
    assert (after.subject, after.email) == (before.subject, "benedito@lima-survey.example")


def test_a_token_that_is_refused_early_is_renewed_once(rooms: Rooms, provider: LyingProvider) -> None:
    sign_in(rooms)
    provider.refuses_access = True
    provider.requests.clear()
    assert rooms.session.refresh_account().status is SessionStatus.SIGNED_IN
    assert provider.requests == ["/api/v1/me", "/token", "/api/v1/me"]
