# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The e-mail address has changed, or the wrong one of two accounts is used.

Keeps accounts by issuer and subject, so a new address is the same person, and says who is signed in.
"""

from collections.abc import Callable

from tests.faults.conftest import sign_in
from tests.world import key_store
from tests.world.identity import Rooms
from tests.world.openid_provider import LyingProvider


def test_a_new_address_is_the_same_person(open_rooms: Callable[..., Rooms], provider: LyingProvider) -> None:
    rooms = open_rooms()
    first = sign_in(rooms)
    provider.email = "benedito@lima-survey.example"
    second = sign_in(rooms)
    assert (second.issuer, second.subject) == (first.issuer, first.subject)
    assert rooms.session.refresh_account().email == provider.email
    assert rooms.accounts.listed() == ()
    assert len(key_store.labels()) == 1


def test_another_person_is_another_account(open_rooms: Callable[..., Rooms], provider: LyingProvider) -> None:
    rooms = open_rooms()
    first = sign_in(rooms)
    provider.subject = "another-subject"  # with the same address
    second = sign_in(rooms)
    state = rooms.session.state.account
    assert state is not None
    assert (state.subject, state.organisation) == (second.subject, "Lima Survey")
    assert [other.subject for other in rooms.accounts.listed()] == [first.subject]
