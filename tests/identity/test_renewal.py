# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Renewal: due at the half, and killed at any instant at a provider that revokes families."""

import os
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connection_client.domain.accounts import SessionStatus
from connection_client.domain.errors import SessionEnded
from connection_client.identity.renewal import RenewalSchedule
from tests.identity.signing_in import sign_in
from tests.world.identity import Rooms
from tests.world.openid_provider import LyingProvider
from tests.world.session import PrivateSession

KILLS = 4


def renewing(folder: Path, center: str, rounds: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.world.renewing_process", str(folder), center, str(rounds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ))


def test_killed_while_renewing_it_goes_on_or_asks_once(
    desktop: PrivateSession, open_rooms: Callable[..., Rooms], provider: LyingProvider, tmp_path: Path
) -> None:
    rooms = open_rooms()
    sign_in(rooms)
    for _ in range(KILLS):
        with renewing(tmp_path / "client", provider.issuer, 1000) as process:
            assert process.stdout is not None
            for _ in range(random.randint(1, 6)):  # noqa: S311  # which moment it meets is left to chance
                assert process.stdout.readline() == "ok\n"
            process.kill()
        after = open_rooms()
        assert after.session.restore().status is SessionStatus.SIGNED_IN
        try:
            assert after.session.access_token()
        except SessionEnded:
            assert after.session.state.status is SessionStatus.ENDED
            sign_in(rooms)


DISCOVERY = "/.well-known/openid-configuration"


def asked_for(provider: LyingProvider, rooms: Rooms) -> list[str]:
    """What a renewal by a process that has just begun asks of the provider."""
    provider.requests.clear()
    assert rooms.session.access_token()
    return [path for path in provider.requests if path in {DISCOVERY, "/token", "/other"}]


def test_where_tokens_are_given_is_asked_once_a_day(
    open_rooms: Callable[..., Rooms], provider: LyingProvider
) -> None:
    sign_in(open_rooms())
    assert asked_for(provider, open_rooms()) == ["/token"]
    tomorrow = open_rooms()
    tomorrow.moment += timedelta(days=1)
    assert asked_for(provider, tomorrow) == [DISCOVERY, "/token"]
    yesterday = open_rooms()
    yesterday.moment -= timedelta(days=1)  # a clock that was set back says nothing about age
    assert asked_for(provider, yesterday) == [DISCOVERY, "/token"]


def test_a_provider_that_moved_is_found_at_its_new_place(
    open_rooms: Callable[..., Rooms], provider: LyingProvider
) -> None:
    sign_in(open_rooms())
    provider.token_path = "/other"
    assert asked_for(provider, open_rooms()) == ["/token", DISCOVERY, "/other"]
    assert asked_for(provider, open_rooms()) == ["/other"]


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"x": 1}', b"[" * 99_999, b'{"%s": {"at": "2026-11-24T00:00:00Z", "said": {}}}']
)
def test_what_lies_in_the_file_is_believed_only_where_it_holds(
    open_rooms: Callable[..., Rooms], provider: LyingProvider, content: bytes
) -> None:
    rooms = open_rooms()
    sign_in(rooms)
    kept = rooms.folders.cache / "providers.json"
    kept.write_bytes(content.replace(b"%s", provider.issuer.encode()))
    assert asked_for(provider, open_rooms()) == [DISCOVERY, "/token"]
    foreign = kept.read_text().replace(f"{provider.issuer}/token", "http://elsewhere.example/token")
    kept.write_text(foreign)
    assert asked_for(provider, open_rooms()) == [DISCOVERY, "/token"]


@given(st.floats(0, 1e9), st.floats(30, 1e6), st.floats(0, 1), st.floats(0, 1))
def test_renewal_is_due_around_the_half(started: float, lifetime: float, jitter: float, part: float) -> None:
    schedule = RenewalSchedule(started, lifetime, jitter)
    now = started + part * lifetime
    if part < 0.39:
        assert not schedule.due(now)
    if part > 0.61:
        assert schedule.due(now)
    assert schedule.due(started - 1)
    assert schedule.over(schedule.ends_at)
    assert not schedule.over(now) or part > 0.999
