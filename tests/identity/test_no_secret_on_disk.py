# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Nothing that opens an account is in any file, whatever was done."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.identity.signing_in import sign_in
from tests.world.identity import BROWSER, Rooms
from tests.world.openid_provider import ACCESS_SECONDS, LyingProvider
from tests.world.session import PrivateSession


def signed_in_in_every_way(
    open_rooms: Callable[..., Rooms], provider: LyingProvider, monkeypatch: pytest.MonkeyPatch
) -> Rooms:
    """Renewed, signed out without network, without a key store, and once more."""
    rooms = open_rooms()
    sign_in(rooms)
    rooms.clock.now += ACCESS_SECONDS
    rooms.session.access_token()
    provider.down = True
    rooms.session.sign_out()
    provider.down = False
    with monkeypatch.context() as without_bus:
        without_bus.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
        sign_in(open_rooms())
    sign_in(rooms)
    return rooms


def test_no_secret_is_in_any_file(
    desktop: PrivateSession,
    open_rooms: Callable[..., Rooms],
    provider: LyingProvider,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    rooms = signed_in_in_every_way(open_rooms, provider, monkeypatch)
    inside = {name: value for name, value in vars(rooms.session).items() if name != "_browser"}
    shown = repr(rooms.session.state) + repr(inside) + "".join(capfd.readouterr())

    # The browser's own thread knows its addresses; it is no part of the client.
    logged = [record.getMessage() for record in caplog.records if record.threadName != BROWSER]
    files = [path for folder in (tmp_path, desktop.folder) for path in folder.rglob("*") if path.is_file()]
    assert any(path.name == "account.json" for path in files)
    assert any(path.suffix == ".keyring" for path in files), (
        "the key store's own file was looked into as well"
    )
    assert len(provider.secrets) > 10
    for secret in provider.secrets:
        assert not [path for path in files if secret.encode() in path.read_bytes()]
        assert secret not in shown
        assert secret not in os.environ.values()
        assert not [line for line in logged if secret in line]
