# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Who may use what: online, offline, after a restart, with a clock that was set, and with forged answers."""

from datetime import timedelta

import pytest

from connection_client.domain.accounts import SessionState, SessionStatus
from connection_client.domain.entitlements import Refusal
from connection_client.domain.errors import CenterAnswersNonsense, CenterUnreachable, NotSignedIn
from connection_client.domain.launch_errors import StillStarting
from tests.launch.conftest import Desk
from tests.world.signing_center import PRODUCT, SigningCenter


def test_nothing_is_known_before_the_center_was_asked(desk: Desk) -> None:
    assert desk.restart().of(PRODUCT) is None


def test_the_first_question_asks_the_center(desk: Desk, center: SigningCenter) -> None:
    answer = desk.restart().answer(PRODUCT, "10.1.0.12")
    assert answer.entitled
    assert answer.until is not None
    assert abs(answer.until - (center.now + center.lifetime)) < timedelta(seconds=2)
    assert answer.token.count(".") == 2


def test_a_known_yes_asks_nobody(desk: Desk, center: SigningCenter) -> None:
    entitlements = desk.restart()
    entitlements.refresh()
    asked = center.asked
    assert all(entitlements.answer(PRODUCT).entitled for _ in range(100))
    assert center.asked == asked


def test_a_yes_survives_a_restart_without_network(desk: Desk, center: SigningCenter) -> None:
    desk.restart().refresh()
    center.status = 503
    again = desk.restart()
    known = again.of(PRODUCT)
    assert known is not None
    assert known.entitled
    assert again.answer(PRODUCT).entitled


def test_offline_it_ends_with_its_time(desk: Desk, center: SigningCenter) -> None:
    desk.restart().refresh()
    center.status = 503
    desk.ahead = center.lifetime + timedelta(minutes=1)
    answer = desk.restart().answer(PRODUCT)
    assert (answer.entitled, answer.reason) == (False, Refusal.NOT_CONFIRMED)


@pytest.mark.parametrize(
    "reason", [r for r in Refusal if r not in (Refusal.NOT_SIGNED_IN, Refusal.CLOCK_WRONG)]
)
def test_a_refusal_keeps_its_reason(desk: Desk, center: SigningCenter, reason: Refusal) -> None:
    center.refused[PRODUCT] = reason.value
    answer = desk.restart().answer(PRODUCT)
    assert (answer.entitled, answer.reason) == (False, reason)


def test_a_reason_from_the_future_is_still_a_refusal(desk: Desk, center: SigningCenter) -> None:
    center.refused[PRODUCT] = "moon-phase"
    assert desk.restart().answer(PRODUCT).reason is Refusal.NO_LICENCE


def test_a_product_that_the_center_does_not_name_has_no_licence(desk: Desk) -> None:
    assert desk.restart().answer("unheard-of").reason is Refusal.NO_LICENCE


def test_a_licence_that_was_withdrawn_is_noticed_by_a_refresh(desk: Desk, center: SigningCenter) -> None:
    entitlements = desk.restart()
    assert entitlements.answer(PRODUCT).entitled
    center.refused[PRODUCT] = "no-licence"
    entitlements.refresh()
    assert entitlements.answer(PRODUCT).reason is Refusal.NO_LICENCE


def test_nobody_is_signed_in(desk: Desk, center: SigningCenter) -> None:
    desk.state = SessionState(SessionStatus.SIGNED_OUT)
    entitlements = desk.restart()
    assert entitlements.answer(PRODUCT).reason is Refusal.NOT_SIGNED_IN
    assert entitlements.of(PRODUCT) is None
    with pytest.raises(NotSignedIn):
        entitlements.refresh()
    assert center.asked == 0


def test_while_it_is_not_known_who_is_signed_in_nothing_is_said(desk: Desk) -> None:
    desk.state = SessionState()
    with pytest.raises(StillStarting):
        desk.restart().answer(PRODUCT)


@pytest.mark.parametrize(
    ("status", "error"), [(401, NotSignedIn), (404, CenterAnswersNonsense), (503, CenterUnreachable)]
)
def test_a_refresh_says_what_went_wrong(
    desk: Desk, center: SigningCenter, status: int, error: type[Exception]
) -> None:
    if status == 401:
        desk.source = type(desk.source)(desk.source._client, desk.source._center, lambda: "old")
    center.status = status
    with pytest.raises(error):
        desk.restart().refresh()
    assert desk.kept == []


# ---- levels of features, and computers ---------------------------------------------------------------
def test_a_level_within_the_licence_is_allowed_and_one_beyond_is_not(
    desk: Desk, center: SigningCenter
) -> None:
    center.claims["level"] = 2
    entitlements = desk.restart()
    assert entitlements.answer(PRODUCT, level=2).level == 2
    asked = center.asked
    refused = entitlements.answer(PRODUCT, level=3)
    assert (refused.entitled, refused.reason) == (False, Refusal.FEATURE_LEVEL)
    assert center.asked == asked  # it was asked a moment ago
    center.claims.clear()
    assert desk.restart().answer(PRODUCT, level=9999).entitled  # a new process asks before it says no


def test_an_answer_for_another_computer_is_refused_until_this_one_asks(
    desk: Desk, center: SigningCenter
) -> None:
    center.claims["device"] = "office"
    assert desk.on("office").answer(PRODUCT).entitled
    center.status = 503
    assert desk.on("office").answer(PRODUCT).entitled
    carried = desk.on("home").answer(PRODUCT)
    assert (carried.entitled, carried.reason, carried.token) == (False, Refusal.OTHER_DEVICE, "")
    assert desk.restart().answer(PRODUCT).reason is Refusal.OTHER_DEVICE
    center.status = 200
    center.claims["device"] = "home"
    assert desk.on("home").answer(PRODUCT).entitled


def test_the_center_hears_which_computer_asks(desk: Desk, center: SigningCenter) -> None:
    desk.on("office").refresh()
    assert center.devices == ["office"]


def test_only_what_is_news_is_told(desk: Desk, center: SigningCenter) -> None:
    entitlements = desk.restart()
    told: list[int] = []
    stop = entitlements.subscribe(lambda: told.append(1))
    entitlements.refresh()
    entitlements.refresh()
    assert len(told) == 1
    center.refused[PRODUCT] = "no-licence"
    entitlements.refresh()
    assert len(told) == 2
    stop()
    center.refused.clear()
    entitlements.refresh()
    assert len(told) == 2
