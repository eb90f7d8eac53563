# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What Windows tells its programs: that it woke up, that it was unlocked, what the network costs."""

import ctypes
import sys
import threading
from collections.abc import Iterator
from ctypes import wintypes

import pytest

from connection_client.system.windows_surroundings import network_cost, surroundings
from connection_client.system.windows_wakeups import WindowsWakeups
from tests.world.waiting import wait_until

assert sys.platform == "win32"  # tells the type checker so, too

POWER, SESSION = 0x0218, 0x02B1
SUSPENDS, RESUMED = 0x4, 0x12
LOCKED, UNLOCKED = 0x7, 0x8


@pytest.fixture
def wakeups() -> Iterator[WindowsWakeups]:
    yield (listening := WindowsWakeups())
    listening.close()
    assert not any(thread.name == "wakeups" for thread in threading.enumerate())


def tell(wakeups: WindowsWakeups, message: int, meaning: int) -> None:
    """As Windows does, and wait until it was heard."""
    ctypes.WinDLL("user32").SendMessageW(wintypes.HWND(wakeups.window), message, meaning, 0)


def test_waking_up_and_unlocking_are_heard_and_nothing_else(wakeups: WindowsWakeups) -> None:
    heard: list[str] = []
    wakeups.subscribe(lambda: heard.append("now"))
    for message, meaning in ((POWER, SUSPENDS), (SESSION, LOCKED)):
        tell(wakeups, message, meaning)
    assert heard == []
    for message, meaning in ((POWER, RESUMED), (SESSION, UNLOCKED)):
        tell(wakeups, message, meaning)
    wait_until(lambda: len(heard) == 2, 5, "it was not heard")


def test_who_no_longer_listens_hears_nothing(wakeups: WindowsWakeups) -> None:
    heard: list[str] = []
    end = wakeups.subscribe(lambda: heard.append("first"))
    wakeups.subscribe(lambda: heard.append("second"))
    end()
    end()
    tell(wakeups, POWER, RESUMED)
    wait_until(lambda: heard, 5, "it was not heard")
    assert heard == ["second"]


def test_what_the_network_costs_is_known(wakeups: WindowsWakeups) -> None:
    assert network_cost() & 0x7
    assert surroundings().metered is bool(network_cost() & 0x6)
