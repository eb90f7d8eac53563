# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The command line over real identity rooms; what other commands need is left out."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from connection_client.backend.update_policy import CenterPolicy
from connection_client.cli.main import main
from connection_client.workspace.rooms import Rooms
from tests.world.identity import Rooms as IdentityRooms
from tests.world.openid_provider import LyingProvider, lying_provider
from tests.world.session import private_session

Run = Callable[..., int]


@pytest.fixture(scope="package")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with private_session(tmp_path_factory.mktemp("session")) as session:
        yield session.environment["DBUS_SESSION_BUS_ADDRESS"]


@pytest.fixture
def provider() -> Iterator[LyingProvider]:
    with lying_provider() as running:
        yield running


@pytest.fixture
def run(bus: str, provider: LyingProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one command in rooms of its own, as a process would; the exit status."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)

    def run(*words: str) -> int:
        return main(words, lambda: cli_rooms(tmp_path, provider.issuer))

    return run


def cli_rooms(folder: Path, center: str, workspace: Any = None, help_desk: Any = None) -> Rooms:
    """What a command is handed: the identity of a process that has just begun, and what a test gives."""
    inside = IdentityRooms(folder / "client", center)
    absent = cast("Any", None)
    return Rooms(
        session=inside.session,
        sign_in=inside.sign_in,
        accounts=inside.accounts,
        devices=inside.devices,
        password=inside.password,
        workspace=workspace,
        entitlements=absent,
        launch=absent,
        applications=absent,
        help=help_desk,
        settings=inside.settings,
        proxy_logins=inside.proxy_logins,
        open_in_browser=inside.browser,
        close=inside.close,
        update_policy=CenterPolicy(
            inside.client,
            lambda: center,
            inside.session.access_token,
            lambda: "",
            (folder / "update-policy.json").read_bytes,
            lambda _content: None,
        ),
    )
