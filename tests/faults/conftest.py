# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A key store and a provider for the cases of the sign-in, a delivery for those of installing."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from connection_client.domain.accounts import Account
from connection_client.workspace.view import View
from tests.faults import records
from tests.world import key_store
from tests.world.center import Center, running_center
from tests.world.delivered import made_updatable
from tests.world.delivery import Delivery, delivery
from tests.world.identity import Rooms, opening_rooms
from tests.world.openid_provider import LyingProvider, lying_provider
from tests.world.session import PrivateSession, private_session

ADDRESS = "Ben@Lima-Survey.example"


@pytest.fixture(scope="session")
def key_store_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateSession]:
    with private_session(tmp_path_factory.mktemp("session")) as session:
        yield session


@pytest.fixture
def session_bus(key_store_session: PrivateSession, monkeypatch: pytest.MonkeyPatch) -> str:
    """The bus of a session with an open and empty key store, in which the test's own process lives."""
    address = key_store_session.environment["DBUS_SESSION_BUS_ADDRESS"]
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    key_store.unlock()
    key_store.empty()
    return address


@pytest.fixture
def provider() -> Iterator[LyingProvider]:
    with lying_provider() as running:
        yield running


@pytest.fixture
def open_rooms(session_bus: str, provider: LyingProvider, tmp_path: Path) -> Iterator[Callable[..., Rooms]]:
    """Each call is a client that has just started; folders and key store are the person's."""
    assert session_bus
    with opening_rooms(tmp_path / "client", provider.issuer) as open_rooms:
        yield open_rooms


def sign_in(rooms: Rooms) -> Account:
    """Sign in in the browser."""
    return rooms.sign_in.start(rooms.sign_in.discover(ADDRESS)).wait()


@pytest.fixture(scope="session")
def center(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Center]:
    """The real Center with its example organisation."""
    with running_center(tmp_path_factory.mktemp("center")) as running:
        yield running


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Delivery]:
    if os.geteuid() != 0:
        pytest.skip("only root may install, even into a folder of its own")
    with delivery(tmp_path) as world:
        yield world


@pytest.fixture
def updatable(world: Delivery) -> Delivery:
    """10.1.0.12 is installed, 10.2.0.7 is published."""
    return made_updatable(world)


def shown(view: View) -> list[tuple[str, str, str]]:
    """Product, installed version and offered version of each row."""
    return [
        (
            row.product_id,
            row.installed.version_text if row.installed else "",
            row.recommendation.release.version_text if row.recommendation else "",
        )
        for row in view.rows
    ]


def never() -> threading.Event:
    """Nobody cancels."""
    return threading.Event()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    records.note(report)


def pytest_sessionfinish() -> None:
    records.save()
