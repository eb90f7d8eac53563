# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The key store is locked, missing or emptied.

Tells the three apart; waits for a locked one while the window can be used, works for this session
without one, writes no secret to a file.

Also shown by tests/identity/test_session_key_store.py::test_a_token_in_hand_outlives_a_locked_key_store,
tests/storage/test_key_store.py::test_a_locked_store_is_told_and_opens_no_dialog and
tests/storage/test_key_store.py::test_no_backend_writes_files.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from connection_client.domain.accounts import Keeping, SessionStatus
from connection_client.domain.key_store_errors import KeyStoreLocked, KeyStoreMissing
from tests.faults.conftest import sign_in
from tests.faults.desks import client, looking, person, run
from tests.world import key_store
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, Center
from tests.world.identity import Rooms
from tests.world.openid_provider import LyingProvider
from tests.world.waiting import wait_until


def test_locked(open_rooms: Callable[..., Rooms]) -> None:
    account = sign_in(open_rooms())
    key_store.lock()
    rooms = open_rooms()
    state = rooms.session.restore()
    assert (state.status, state.account) == (SessionStatus.UNKNOWN, account)
    assert isinstance(state.problem, KeyStoreLocked)
    key_store.unlock()
    assert rooms.session.access_token()


def test_emptied(open_rooms: Callable[..., Rooms]) -> None:
    account = sign_in(open_rooms())
    key_store.empty()
    state = open_rooms().session.restore()
    assert (state.status, state.email) == (SessionStatus.ENDED, account.email)


def test_missing(
    open_rooms: Callable[..., Rooms],
    provider: LyingProvider,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/no-bus")
    rooms = open_rooms()
    sign_in(rooms)
    assert rooms.session.state.keeping is Keeping.MEMORY
    assert isinstance(rooms.session.state.problem, KeyStoreMissing)
    rooms.session.forget_access_token()
    assert rooms.session.access_token()
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert provider.secrets
    assert not [secret for secret in provider.secrets if secret.encode() in written]
    assert open_rooms().session.restore().status is SessionStatus.SIGNED_OUT


def test_the_window_can_be_used_while_a_locked_one_is_waited_for(
    center: Center, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with person(center, tmp_path, ADMINISTRATOR, ADMINISTRATOR_PASSWORD) as desktop:
        environment = desktop.environment
        run(environment, "sign-in", ADMINISTRATOR)
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", environment["DBUS_SESSION_BUS_ADDRESS"])
        key_store.lock()
        with client(environment, tmp_path / "log"), looking(environment) as screen:
            screen.wait_for_text("Last checked", seconds=60)  # what needs no account goes on
            screen.click("You")
            screen.wait_for_text("The key store of this computer is locked")
            screen.wait_for(ADMINISTRATOR)  # who it is, is known
            for place, there in (("Settings", "Proxy"), ("Help", "Help"), ("Applications", "Applications")):
                screen.click(place)
                screen.wait_for(there, seconds=5)
            key_store.unlock()
            screen.click("Check for updates")
            screen.click("You")
            wait_until(
                lambda: (
                    not [name for name in screen.names() if "key store of this computer is locked" in name]
                ),
                60,
                "it did not go on by itself",
            )
        written = (tmp_path / "log").read_text()
        assert "Traceback" not in written
