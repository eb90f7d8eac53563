# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A sign-in to its end, or to the error that stopped it."""

import pytest

from connection_client.domain.accounts import Account, SessionStatus
from connection_client.domain.errors import ClientError
from tests.identity import records
from tests.world.identity import Rooms

ADDRESS = " Ben@Lima-Survey.example "


def sign_in(rooms: Rooms) -> Account:
    return rooms.sign_in.start(rooms.sign_in.discover(ADDRESS)).wait()


def refused(rooms: Rooms, kind: type[ClientError], forgery: str = "") -> ClientError:
    """The refusal, after which nothing may have been stored and the browser knows the reason."""
    with pytest.raises(kind) as caught:
        sign_in(rooms)
    assert rooms.session.restore().status is SessionStatus.SIGNED_OUT
    assert not (rooms.folders.data / "account.json").exists()
    if forgery:
        records.refusal(forgery, caught.value)
    return caught.value
