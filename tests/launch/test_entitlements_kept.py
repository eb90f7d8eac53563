# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Kept answers end with their person and their clock, and are believed only as the Center signed them."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from joserfc.jwk import OKPKey

from connection_client.domain.accounts import Account, SessionState, SessionStatus
from connection_client.domain.entitlements import Refusal
from connection_client.domain.key_store_errors import KeyStoreLocked
from tests.launch.conftest import Desk
from tests.world.signing_center import PRODUCT, SigningCenter, forged


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
