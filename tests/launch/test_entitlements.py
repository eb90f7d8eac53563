# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Who may use what: online, offline, after a restart, with a clock that was set, and with forged answers."""

import json
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from joserfc.jwk import OKPKey

from connection_client.domain.accounts import Account, SessionState, SessionStatus
from connection_client.domain.entitlements import Refusal
from connection_client.domain.errors import (
    CenterAnswersNonsense,
    CenterUnreachable,
    KeyStoreLocked,
    NotSignedIn,
)
from connection_client.domain.launch_errors import StillStarting
from tests.launch.conftest import Desk
from tests.world.processes import wait_until
from tests.world.signing_center import PRODUCT, SigningCenter, forged


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


def test_with_a_locked_key_store_the_last_answers_hold(desk: Desk, account: Account) -> None:
    desk.restart().refresh()
    desk.state = SessionState(SessionStatus.UNKNOWN, account, problem=KeyStoreLocked())
    assert desk.restart().answer(PRODUCT).entitled


def test_another_person_gets_nothing_from_the_cache(
    desk: Desk, center: SigningCenter, account: Account
) -> None:
    entitlements = desk.restart()
    entitlements.refresh()
    center.status = 503
    desk.state = SessionState(SessionStatus.SIGNED_IN, replace(account, subject="somebody-else"))
    assert entitlements.answer(PRODUCT).reason is Refusal.NOT_CONFIRMED


def test_who_signs_out_leaves_nothing_behind(desk: Desk) -> None:
    entitlements = desk.restart()
    entitlements.refresh()
    assert len(desk.kept) == 1
    desk.state = SessionState(SessionStatus.SIGNED_OUT)
    entitlements.follow(desk.state)
    assert desk.kept == []


def test_the_clock_was_set_back_while_the_client_ran(desk: Desk, center: SigningCenter) -> None:
    entitlements = desk.restart()
    entitlements.refresh()
    desk.ahead = timedelta(days=3)
    assert entitlements.answer(PRODUCT).entitled
    center.status = 503
    desk.ahead = timedelta(days=1)
    assert desk.restart().answer(PRODUCT).reason is Refusal.CLOCK_WRONG


def test_the_clock_is_behind_the_center(desk: Desk) -> None:
    desk.ahead = -timedelta(days=30)
    assert desk.restart().answer(PRODUCT).reason is Refusal.CLOCK_WRONG


def test_a_clock_that_was_put_right_is_forgiven(desk: Desk) -> None:
    entitlements = desk.restart()
    desk.ahead = timedelta(days=3)
    entitlements.refresh()
    assert entitlements.answer(PRODUCT).entitled
    desk.ahead = timedelta()
    again = desk.restart()
    again.refresh()
    assert again.answer(PRODUCT).entitled


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://somewhere.example"},
        {"sub": "somebody-else"},
        {"aud": "another-client"},
        {"aud": None},
        {"product": "mesh-viewer"},
        {"entitled": "true"},
        {"entitled": None},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": 0},
        {"iat": None},
    ],
    ids=str,
)
def test_a_claim_that_does_not_fit_makes_the_answer_worthless(
    desk: Desk, center: SigningCenter, claims: dict[str, object]
) -> None:
    center.claims = claims
    answer = desk.restart().answer(PRODUCT)
    assert (answer.entitled, answer.reason) == (False, Refusal.NOT_CONFIRMED)


@pytest.mark.parametrize("kind", ["none", "shared secret", "cut", "changed", "nothing", "garbage"])
def test_forged_answers_in_the_cache_are_not_believed(desk: Desk, center: SigningCenter, kind: str) -> None:
    desk.restart().refresh()
    (file,) = desk.kept
    kept = json.loads(file.read_text())
    kept["tokens"][PRODUCT] = forged(center)[kind]
    file.write_text(json.dumps(kept))
    center.status = 503
    answer = desk.restart().answer(PRODUCT)
    assert (answer.entitled, answer.reason) == (False, Refusal.NOT_CONFIRMED)


def test_an_answer_signed_with_another_key_is_not_believed(desk: Desk, center: SigningCenter) -> None:
    center.announced = OKPKey.generate_key("Ed25519")
    assert desk.restart().answer(PRODUCT).reason is Refusal.NOT_CONFIRMED


@pytest.mark.parametrize("content", ["", "{", "[]", "7", '{"issuer": 1}', "\x00"])
def test_a_damaged_cache_is_no_cache(desk: Desk, center: SigningCenter, content: str) -> None:
    desk.restart().refresh()
    (file,) = desk.kept
    file.write_text(content)
    entitlements = desk.restart()
    assert entitlements.of(PRODUCT) is None
    assert entitlements.answer(PRODUCT).entitled


def test_damaged_members_of_the_cache_are_no_cache(desk: Desk) -> None:
    desk.restart().refresh()
    (file,) = desk.kept
    whole = json.loads(file.read_text())
    for name, value in [("keys", "{"), ("keys", 7), ("tokens", []), ("latest", "now"), ("tokens", {"a": 1})]:
        file.write_text(json.dumps(whole | {name: value}))
        known = desk.restart().of(PRODUCT)
        assert known is None or not known.entitled


def test_the_cache_is_readable_by_its_owner_only(desk: Desk, account: Account) -> None:
    desk.restart().refresh()
    (file,) = desk.kept
    assert file.stat().st_mode & 0o077 == 0
    assert account.email not in file.name


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
