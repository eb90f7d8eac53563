# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The computer's clock is wrong.

Says by how many minutes; once signed in, renewal goes by a clock that nobody sets, and `expires_in`.
"""

from collections.abc import Callable

import pytest

from connection_client.domain.errors import ClockWrong
from connection_client.domain.texts import explain
from tests.faults.conftest import sign_in
from tests.world.identity import Rooms
from tests.world.openid_provider import ACCESS_SECONDS, LyingProvider


@pytest.mark.parametrize(("minutes", "direction"), [(31, "behind"), (-31, "ahead")])
def test_the_minutes_are_said(
    open_rooms: Callable[..., Rooms], provider: LyingProvider, minutes: int, direction: str
) -> None:
    provider.clock_shift = minutes * 60
    with pytest.raises(ClockWrong) as caught:
        sign_in(open_rooms())
    assert f"31 minutes {direction}" in explain(caught.value)


def test_renewal_does_not_look_at_the_clock_on_the_wall(
    open_rooms: Callable[..., Rooms], provider: LyingProvider
) -> None:
    rooms = open_rooms()
    sign_in(rooms)
    first = rooms.session.access_token()
    provider.clock_shift = 86_400  # from here the computer is a day behind
    assert rooms.session.access_token() == first
    rooms.clock.now += ACCESS_SECONDS * 0.7
    assert rooms.session.access_token() != first
