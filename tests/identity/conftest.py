# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""One real key store for all tests of this folder, and a lying provider for each."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.identity import records
from tests.world import key_store
from tests.world.identity import Rooms, opening_rooms
from tests.world.openid_provider import LyingProvider, lying_provider
from tests.world.session import PrivateSession, private_session


@pytest.fixture(scope="session")
def key_store_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateSession]:
    with private_session(tmp_path_factory.mktemp("session")) as session:
        yield session


@pytest.fixture
def desktop(key_store_session: PrivateSession, monkeypatch: pytest.MonkeyPatch) -> PrivateSession:
    """A session with a key store, in which the test's own process lives."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", key_store_session.environment["DBUS_SESSION_BUS_ADDRESS"])
    key_store.unlock()
    key_store.empty()
    return key_store_session


@pytest.fixture
def provider() -> Iterator[LyingProvider]:
    with lying_provider() as running:
        yield running


@pytest.fixture
def open_rooms(
    desktop: PrivateSession, provider: LyingProvider, tmp_path: Path
) -> Iterator[Callable[..., Rooms]]:
    """Each call is a process of its own as far as memory goes; folders and key store are shared."""
    with opening_rooms(tmp_path / "client", provider.issuer) as open_rooms:
        yield open_rooms


@pytest.fixture
def rooms(open_rooms: Callable[..., Rooms]) -> Rooms:
    return open_rooms()


def pytest_sessionfinish() -> None:
    records.save()
