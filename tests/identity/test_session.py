# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The session: restored offline, renewed unnoticed, ended only by the provider's word, left completely."""

from collections.abc import Callable

import pytest

from connection_client.domain.accounts import Keeping, SessionState, SessionStatus
from connection_client.domain.errors import (
    CenterAnswersNonsense,
    CenterUnreachable,
    KeyStoreLocked,
    KeyStoreMissing,
    NotSignedIn,
    SessionEnded,
)
from tests.identity.test_sign_in import sign_in
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


def test_signing_out_leaves_nothing(rooms: Rooms, provider: LyingProvider, open_rooms: OpenRooms) -> None:
    account = sign_in(rooms)
    rooms.browser.works = False
    rooms.session.sign_out()

    assert rooms.session.state == SessionState(SessionStatus.SIGNED_OUT, email=account.email)
    assert provider.living_families == 0
    assert key_store.labels() == []
    assert open_rooms().session.restore().status is SessionStatus.SIGNED_OUT
    assert rooms.browser.opened[-1].startswith(f"{provider.issuer}/logout?client_id=connection-client")
    with pytest.raises(NotSignedIn):
        rooms.session.access_token()


def test_signing_out_without_network_is_made_good_later(
    rooms: Rooms, provider: LyingProvider, open_rooms: OpenRooms
) -> None:
    sign_in(rooms)
    provider.down = True
    rooms.session.sign_out()
    assert open_rooms().session.restore().status is SessionStatus.SIGNED_OUT
    assert provider.living_families == 1

    provider.down = False
    open_rooms().session.retry_revocations()
    assert provider.living_families == 0
    assert key_store.labels() == []


def test_a_second_account_leaves_the_first_signed_in(
    rooms: Rooms, provider: LyingProvider, open_rooms: OpenRooms
) -> None:
    first = sign_in(rooms)
    provider.subject = "another-person"
    second = sign_in(rooms)
    assert rooms.session.state.account == second
    assert rooms.accounts.listed() == (first,)
    assert provider.living_families == 2
    assert len(key_store.labels()) == 2

    # Back to the first one: no password, no network, and the next start knows it too.
    provider.down = True
    state = rooms.accounts.switch(first)
    assert (state.status, state.account) == (SessionStatus.SIGNED_IN, first)
    assert rooms.accounts.listed() == (second,)
    assert open_rooms().session.restore().account == first
    provider.down = False
    token = rooms.session.access_token()
    assert rooms.session.access_token() == token


def test_one_account_is_signed_out_and_the_other_stays(rooms: Rooms, provider: LyingProvider) -> None:
    first = sign_in(rooms)
    provider.subject = "another-person"
    second = sign_in(rooms)
    rooms.accounts.forget(first)
    assert rooms.accounts.listed() == ()
    assert provider.living_families == 1
    assert rooms.session.access_token()

    sign_in(rooms)  # on top of the session that is there: the older token is revoked too
    rooms.session.refresh_account()
    assert provider.living_families == 1
    rooms.session.sign_out()
    assert provider.living_families == 0
    assert rooms.session.state.status is SessionStatus.SIGNED_OUT
    assert key_store.labels() == []
    assert second not in rooms.accounts.listed()


def test_another_process_follows_the_change_of_account(
    open_rooms: OpenRooms, provider: LyingProvider
) -> None:
    here, there = open_rooms(), open_rooms()
    first = sign_in(here)
    there.session.restore()
    assert there.session.access_token()
    provider.subject = "another-person"
    second = sign_in(here)
    there.session.forget_access_token()
    assert there.session.access_token()
    assert there.session.state.account == second
    assert there.accounts.listed() == (first,)


def test_the_same_account_with_a_new_address_is_one(rooms: Rooms, provider: LyingProvider) -> None:
    sign_in(rooms)
    provider.email = "benedito@lima-survey.example"
    sign_in(rooms)
    rooms.session.refresh_account()
    assert rooms.accounts.listed() == ()
    assert len(key_store.labels()) == 1


def test_a_locked_key_store_is_waited_for(open_rooms: OpenRooms) -> None:
    account = sign_in(open_rooms())
    key_store.lock()
    rooms = open_rooms()
    state = rooms.session.restore()
    assert state.status is SessionStatus.UNKNOWN
    assert state.account == account
    assert isinstance(state.problem, KeyStoreLocked)
    with pytest.raises(KeyStoreLocked):
        rooms.session.access_token()
    key_store.unlock()
    assert rooms.session.access_token()
    assert rooms.session.state.status is SessionStatus.SIGNED_IN


def test_signing_in_with_a_locked_key_store_holds_and_is_kept_later(open_rooms: OpenRooms) -> None:
    rooms = open_rooms()
    key_store.lock()
    sign_in(rooms)
    first = rooms.session.state
    assert (first.keeping, type(first.problem)) == (Keeping.MEMORY, KeyStoreLocked)
    key_store.unlock()
    rooms.session.forget_access_token()
    assert rooms.session.access_token()
    second = rooms.session.state
    assert (second.keeping, second.problem) == (Keeping.KEY_STORE, None)
    assert open_rooms().session.restore().status is SessionStatus.SIGNED_IN


def test_a_token_in_hand_outlives_a_locked_key_store(open_rooms: OpenRooms) -> None:
    rooms = open_rooms()
    sign_in(rooms)
    first = rooms.session.access_token()
    key_store.lock()
    rooms.clock.now += ACCESS_SECONDS * 0.7
    assert rooms.session.access_token() == first
    rooms.clock.now += ACCESS_SECONDS
    with pytest.raises(KeyStoreLocked):
        rooms.session.access_token()
    assert rooms.session.state.status is SessionStatus.SIGNED_IN
    key_store.unlock()


def test_signed_out_while_the_key_store_was_locked(open_rooms: OpenRooms, provider: LyingProvider) -> None:
    sign_in(open_rooms())
    key_store.lock()
    rooms = open_rooms()
    rooms.session.restore()
    rooms.session.sign_out()
    assert rooms.session.state.status is SessionStatus.SIGNED_OUT
    assert provider.living_families == 1
    key_store.unlock()
    rooms.session.retry_revocations()
    assert provider.living_families == 0
    assert key_store.labels() == []


def test_an_emptied_key_store_asks_calmly_again(open_rooms: OpenRooms) -> None:
    account = sign_in(open_rooms())
    key_store.empty()
    state = open_rooms().session.restore()
    assert (state.status, state.email) == (SessionStatus.ENDED, account.email)


def test_without_a_key_store_the_session_lives_in_memory(
    open_rooms: OpenRooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
    rooms = open_rooms()
    sign_in(rooms)
    assert rooms.session.state.keeping is Keeping.MEMORY
    assert isinstance(rooms.session.state.problem, KeyStoreMissing)
    for _ in range(2):
        rooms.session.forget_access_token()
        assert rooms.session.access_token()

    state = open_rooms().session.restore()
    assert (state.status, state.keeping) == (SessionStatus.SIGNED_OUT, Keeping.MEMORY)
    assert isinstance(state.problem, KeyStoreMissing)


def test_signed_out_in_another_process(open_rooms: OpenRooms) -> None:
    first, second = open_rooms(), open_rooms()
    sign_in(first)
    second.session.restore()
    second.session.sign_out()
    first.session.forget_access_token()
    with pytest.raises(NotSignedIn):
        first.session.access_token()
    signed_out = first.session.state

    sign_in(second)
    assert first.session.access_token()
    states = [signed_out.status, first.session.state.status]
    assert states == [SessionStatus.SIGNED_OUT, SessionStatus.SIGNED_IN]
