# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The refresh token has expired or was revoked.

Asks once and calmly to sign in again, keeps the e-mail address, and does not ask the provider in a loop.
"""

from collections.abc import Callable

import pytest

from connection_client.domain.accounts import SessionStatus
from connection_client.domain.errors import SessionEnded
from connection_client.domain.texts import explain
from tests.faults.conftest import sign_in
from tests.world.identity import Rooms
from tests.world.openid_provider import LyingProvider


def test_one_calm_request(open_rooms: Callable[..., Rooms], provider: LyingProvider) -> None:
    rooms = open_rooms()
    account = sign_in(rooms)
    heard: list[SessionStatus] = []
    rooms.session.subscribe(lambda state: heard.append(state.status))
    provider.revoke_everything()
    rooms.session.forget_access_token()
    for _ in range(20):
        with pytest.raises(SessionEnded) as caught:
            rooms.session.access_token()
    assert "sign in again" in explain(caught.value).lower()
    assert heard == [SessionStatus.ENDED]  # told once, however often it is asked for afterwards
    assert provider.requests.count("/token") == 2  # the sign-in, and the one renewal that was refused
    again = open_rooms()
    assert again.session.restore().email == account.email
    sign_in(again)
    assert again.session.access_token()
