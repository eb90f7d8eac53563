# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The browser does not open, or is on another computer.

The link can be copied and opened later, another device can be used, and waiting ends by itself or by Cancel.
"""

import threading
from collections.abc import Callable

import pytest

from connection_client.domain.errors import SignInCancelled, SignInTimedOut
from tests.faults.conftest import ADDRESS, sign_in
from tests.world.identity import Rooms
from tests.world.openid_provider import SUBJECT, LyingProvider


def test_the_copied_link_leads_in(open_rooms: Callable[..., Rooms]) -> None:
    rooms = open_rooms()
    rooms.browser.works = False
    attempt = rooms.sign_in.start(rooms.sign_in.discover(ADDRESS))
    assert not attempt.opened
    rooms.browser.works = True
    rooms.browser(attempt.url)  # pasted into another one
    assert attempt.wait().subject == SUBJECT


def test_another_device(open_rooms: Callable[..., Rooms], provider: LyingProvider) -> None:
    rooms = open_rooms()
    attempt = rooms.sign_in.start_device(rooms.sign_in.discover(ADDRESS))
    assert attempt.user_code
    provider.device_confirmed = True
    assert attempt.wait().subject == SUBJECT


def test_waiting_ends(open_rooms: Callable[..., Rooms]) -> None:
    rooms = open_rooms(limit=0.2)
    rooms.browser.works = False
    with pytest.raises(SignInTimedOut):
        sign_in(rooms)
    patient = open_rooms()
    patient.browser.works = False
    attempt = patient.sign_in.start(patient.sign_in.discover(ADDRESS))
    threading.Timer(0.1, attempt.cancel).start()
    with pytest.raises(SignInCancelled):
        attempt.wait()
