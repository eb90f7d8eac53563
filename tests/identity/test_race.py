# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Twenty processes renew at once at a provider that revokes the whole family when a token is used twice."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from connection_client.domain.accounts import SessionStatus
from connection_client.domain.errors import SessionEnded
from connection_client.identity.refresh_tokens import token_name
from tests.identity.test_providers import sign_in
from tests.world.identity import Rooms
from tests.world.providers import Person, Provider, oidc_provider
from tests.world.session import PrivateSession, private_session

PROCESSES = 20
ROUNDS = int(os.environ.get("RENEWAL_ROUNDS", "4"))  # 200 in the long run, see docs/identity.md
SECONDS = 100 + ROUNDS * 10


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    with oidc_provider(tmp_path_factory.mktemp("provider")) as running:
        yield running


@pytest.fixture
def rooms(desktop: PrivateSession, provider: Provider, tmp_path: Path) -> Iterator[Rooms]:
    with signed_in(tmp_path, provider) as opened:
        yield opened


@contextmanager
def signed_in(folder: Path, provider: Provider) -> Iterator[Rooms]:
    rooms = Rooms(folder / "client", provider.issuer)
    rooms.browser.works = False
    with Person(provider.user, provider.password) as person:
        sign_in(rooms, provider, person)
    yield rooms
    rooms.close()


def crowd(folder: Path, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, int], bool]:
    """How the renewals of a crowd went, and whether the key store lived through it."""
    with private_session(folder) as session, monkeypatch.context() as there:
        there.setenv("DBUS_SESSION_BUS_ADDRESS", session.environment["DBUS_SESSION_BUS_ADDRESS"])
        with signed_in(folder, provider) as rooms:
            command = [sys.executable, "-m", "tests.world.renewing_crowd", str(folder / "client")]
            done = subprocess.run(
                [*command, provider.issuer, str(PROCESSES), str(ROUNDS)],
                capture_output=True,
                text=True,
                check=False,
                timeout=SECONDS,
            )
            lived = "Bail out" not in (folder / "keyring.log").read_text(encoding="utf-8", errors="replace")
            if lived:
                rooms.session.forget_access_token()
                assert rooms.session.access_token(), done.stderr
            seen: dict[str, int] = json.loads(done.stdout or "{}")
            return seen, lived


@pytest.mark.timeout(3 * SECONDS + 60)
def test_nobody_is_signed_out_by_twenty_processes(
    provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for attempt in range(3):
        (tmp_path / str(attempt)).mkdir()
        seen, lived = crowd(tmp_path / str(attempt), provider, monkeypatch)
        # WORKAROUND: gnome-keyring 42 may abort when clients come and go by the thousand (an assertion about
        # a client that has left). A locked store that follows proves nothing about renewals, so: once more.
        if lived:
            break
        assert set(seen) <= {"renewed", *(name for name in seen if name.startswith("key-store-"))}
    assert seen == {"renewed": PROCESSES * ROUNDS}


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
