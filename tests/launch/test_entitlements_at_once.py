# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is said at once is what would be answered, and nobody waits for the Center twice."""

import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from connection_client.domain.accounts import Account, SessionState, SessionStatus
from connection_client.domain.entitlements import Refusal
from connection_client.domain.launch_errors import StillStarting
from tests.launch.conftest import Desk
from tests.world.signing_center import PRODUCT, SigningCenter
from tests.world.waiting import wait_until


@pytest.mark.parametrize("level", [0, 2, 3])
def test_what_is_said_at_once_is_what_would_be_answered(
    desk: Desk, center: SigningCenter, level: int
) -> None:
    center.claims = {"level": 2}
    center.refused["mesh-viewer"] = "expired"
    entitlements = desk.restart()
    assert entitlements.at_once(PRODUCT) is None  # nothing was read yet
    entitlements.refresh()
    answer = entitlements.answer(PRODUCT, "", level)
    assert entitlements.at_once(PRODUCT, level) == (answer if answer.entitled else None)
    assert answer.entitled is (level <= 2)
    assert entitlements.at_once("mesh-viewer") is None
    assert entitlements.at_once("unheard-of") is None


def test_at_once_nobody_is_told_what_belongs_to_somebody_else(desk: Desk, account: Account) -> None:
    entitlements = desk.restart()
    entitlements.refresh()
    desk.state = SessionState(SessionStatus.SIGNED_IN, replace(account, subject="somebody-else"))
    assert entitlements.at_once(PRODUCT) is None
    desk.state = SessionState(SessionStatus.SIGNED_OUT)
    assert entitlements.at_once(PRODUCT) == entitlements.answer(PRODUCT)
    desk.state = SessionState()
    with pytest.raises(StillStarting):
        entitlements.at_once(PRODUCT)


def test_a_withdrawn_licence_ends_what_is_said_at_once(desk: Desk, center: SigningCenter) -> None:
    entitlements = desk.restart()
    entitlements.refresh()
    assert entitlements.at_once(PRODUCT) is not None
    center.refused[PRODUCT] = "no-licence"
    desk.ahead = timedelta(minutes=11)
    entitlements._asked_at = -60.0  # a minute passes
    said = entitlements.at_once(PRODUCT)
    assert said is not None
    assert said.entitled
    wait_until(lambda: entitlements.at_once(PRODUCT) is None, 5, "the withdrawal was not noticed")
    assert entitlements.answer(PRODUCT).reason is Refusal.NO_LICENCE


def test_what_is_said_at_once_ends_with_its_time_and_with_a_wrong_clock(desk: Desk) -> None:
    entitlements = desk.restart()
    entitlements.refresh()
    for ahead in (timedelta(days=60), -timedelta(days=60)):
        desk.ahead = ahead
        assert entitlements.at_once(PRODUCT) is None


def test_the_clock_is_kept_behind_what_is_said_at_once(desk: Desk, center: SigningCenter) -> None:
    entitlements = desk.restart()
    entitlements.refresh()
    center.status = 503
    before = desk.kept[0].read_text()
    desk.ahead = timedelta(days=3)
    assert entitlements.at_once(PRODUCT) is not None
    wait_until(lambda: desk.kept[0].read_text() != before, 5, "the clock's reading was not kept")
    desk.ahead = timedelta(days=1)
    assert desk.restart().answer(PRODUCT).reason is Refusal.CLOCK_WRONG


def confirming() -> int:
    """How many threads see to what was said at once."""
    return [thread.name for thread in threading.enumerate()].count("entitlements")


def test_while_the_center_hangs_one_thread_waits_for_it(desk: Desk, center: SigningCenter) -> None:
    entitlements = desk.restart()
    entitlements.refresh()
    center.going.clear()
    desk.ahead = timedelta(minutes=11)
    try:
        for _ in range(50):
            entitlements._asked_at = -60.0  # a minute passes
            assert entitlements.at_once(PRODUCT) is not None
            assert entitlements.answer(PRODUCT).entitled
        assert confirming() == 1
    finally:
        center.going.set()
    wait_until(lambda: confirming() == 0, 5, "it still waits")


def test_who_signs_out_while_the_center_is_asked_leaves_nothing_behind(
    desk: Desk, center: SigningCenter
) -> None:
    entitlements = desk.restart()
    entitlements.refresh()
    asked = center.asked
    center.going.clear()
    asking = threading.Thread(target=entitlements.refresh)
    asking.start()
    wait_until(lambda: center.asked > asked, 5, "the Center was not asked")
    desk.state = SessionState(SessionStatus.SIGNED_OUT)
    entitlements.follow(desk.state)
    center.going.set()
    asking.join(10)
    assert desk.kept == []


def test_an_old_yes_is_confirmed_behind_the_answer(desk: Desk, center: SigningCenter) -> None:
    entitlements = desk.restart()
    entitlements.refresh()
    center.refused[PRODUCT] = "expired"
    again = desk.restart()
    desk.ahead = timedelta(minutes=11)
    assert again.answer(PRODUCT).entitled
    deadline = time.monotonic() + 5
    while (known := again.of(PRODUCT)) and known.entitled and time.monotonic() < deadline:
        pass
    assert known is not None
    assert known.reason is Refusal.EXPIRED


def test_a_no_is_asked_again_but_not_all_the_time(desk: Desk, center: SigningCenter) -> None:
    entitlements = desk.restart()
    center.refused[PRODUCT] = "no-licence"
    assert not entitlements.answer(PRODUCT).entitled
    asked = center.asked
    assert not any(entitlements.answer(PRODUCT).entitled for _ in range(50))
    assert center.asked == asked


def test_many_threads_ask_the_center_once(desk: Desk, center: SigningCenter) -> None:
    entitlements = desk.restart()
    answers: list[bool] = []
    threads = [
        threading.Thread(target=lambda: answers.append(entitlements.answer(PRODUCT).entitled))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [True] * 8
    assert center.asked == 2  # the answers and the keys
