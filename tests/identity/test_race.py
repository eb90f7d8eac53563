# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Twenty processes renew at once at a provider that revokes the whole family when a token is used twice."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from connection_client.domain.accounts import SessionStatus
from connection_client.domain.errors import SessionEnded
from connection_client.identity.refresh_tokens import token_name
from tests.identity.test_providers import sign_in
from tests.world.identity import Rooms
from tests.world.providers import Person, Provider, oidc_provider
from tests.world.session import PrivateSession

PROCESSES = 20
ROUNDS = int(os.environ.get("RENEWAL_ROUNDS", "4"))  # 200 in the long run, see docs/identity.md
SECONDS = 100 + ROUNDS * 10


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    with oidc_provider(tmp_path_factory.mktemp("provider")) as running:
        yield running


@pytest.fixture
def rooms(desktop: PrivateSession, provider: Provider, tmp_path: Path) -> Iterator[Rooms]:
    opened = Rooms(tmp_path / "client", provider.issuer)
    opened.browser.works = False
    with Person(provider.user, provider.password) as person:
        sign_in(opened, provider, person)
    yield opened
    opened.close()


@pytest.mark.timeout(SECONDS + 60)
def test_nobody_is_signed_out_by_twenty_processes(rooms: Rooms, provider: Provider, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.world.renewing_crowd", str(tmp_path / "client"), provider.issuer]
    done = subprocess.run(
        [*command, str(PROCESSES), str(ROUNDS)], capture_output=True, text=True, check=False, timeout=SECONDS
    )
    assert json.loads(done.stdout or "{}") == {"renewed": PROCESSES * ROUNDS}, done.stderr
    rooms.session.forget_access_token()
    assert rooms.session.access_token()


def test_the_provider_is_as_strict_as_that(rooms: Rooms, provider: Provider) -> None:
    account = rooms.session.state.account
    assert account is not None
    old = rooms.store.get(token_name(account))
    assert old
    rooms.session.forget_access_token()
    rooms.session.access_token()
    with pytest.raises(SessionEnded):
        rooms.provider.renew(provider.issuer, old)
    rooms.session.forget_access_token()
    with pytest.raises(SessionEnded):
        rooms.session.access_token()
    assert rooms.session.state.status is SessionStatus.ENDED
