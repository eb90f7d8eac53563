# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Signing out, and several accounts of one person."""

import pytest

from connection_client.domain.accounts import SessionState, SessionStatus
from connection_client.domain.errors import NotSignedIn
from tests.identity.signing_in import sign_in
from tests.identity.test_session import OpenRooms
from tests.world import key_store
from tests.world.identity import Rooms
from tests.world.openid_provider import LyingProvider


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
