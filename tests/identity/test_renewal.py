# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Renewal: due at the half, and killed at any instant at a provider that revokes families."""

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

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
