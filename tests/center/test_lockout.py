# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Guessing a password shuts the account's door for everybody, and time opens it again."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.test.utils import override_settings

from connect_center.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "Quiet-meadow-314"
SHUT_SECONDS = 300


@dataclass
class Clock:
    """The time for whoever counts tries, which the test moves on."""

    passed: float = 0

    def time(self) -> float:
        return time.time() + self.passed

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("allauth.core.internal.ratelimit.time", made)
    return made


@pytest.fixture(autouse=True)
def person() -> Iterator[None]:
    limit = {"login_failed": f"3/{SHUT_SECONDS}s/key"}
    with override_settings(ACCOUNT_RATE_LIMITS=limit):
        user = User.objects.create_user("mia@nowhere.example", PASSWORD, name="Mia")
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        yield
    cache.clear()


def _signs_in(password: str) -> tuple[bool, str]:
    """Whether it worked, from a computer that nobody counts."""
    client = Client(HTTP_HOST="localhost")
    answer = client.post("/accounts/login/", {"login": "mia@nowhere.example", "password": password})
    return answer.status_code == 302, answer.content.decode()


def test_door_shuts_after_some_tries_and_opens_by_itself(clock: Clock) -> None:
    for _try in range(3):
        assert "do not fit together" in _signs_in("wrong")[1]
    worked, page = _signs_in(PASSWORD)
    assert not worked
    assert "There were too many tries. Nothing is lost: sign in again in 5 minutes." in page
    clock.passed = SHUT_SECONDS / 2
    assert not _signs_in(PASSWORD)[0]
    clock.passed = SHUT_SECONDS + 1
    assert _signs_in(PASSWORD)[0]


def test_right_passwords_count_nothing() -> None:
    assert not _signs_in("wrong")[0]
    for _round in range(4):
        assert _signs_in(PASSWORD)[0]
