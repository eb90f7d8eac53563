# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The key store is locked, missing or emptied.

Tells the three apart; waits for a locked one, works for this session without one, writes no secret to a file.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from connection_client.domain.accounts import Keeping, SessionStatus
from connection_client.domain.errors import KeyStoreLocked, KeyStoreMissing
from tests.faults.conftest import sign_in
from tests.world import key_store
from tests.world.identity import Rooms
from tests.world.openid_provider import LyingProvider


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
