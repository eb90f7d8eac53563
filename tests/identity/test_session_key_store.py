# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The session while the key store is locked, emptied or missing, and beside another process."""

import pytest

from connection_client.domain.accounts import Keeping, SessionStatus
from connection_client.domain.errors import NotSignedIn
from connection_client.domain.key_store_errors import KeyStoreLocked, KeyStoreMissing
from tests.identity.signing_in import sign_in
from tests.identity.test_session import OpenRooms
from tests.world import key_store
from tests.world.openid_provider import ACCESS_SECONDS, LyingProvider


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
