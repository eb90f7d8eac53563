# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The key store, with a real one, a locked one, and none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from connection_client.domain.key_store_errors import KeyStoreLocked, KeyStoreMissing
from connection_client.storage.key_store import BACKENDS, KeyStore
from tests.world import key_store
from tests.world.session import private_session


@pytest.fixture(scope="module", autouse=True)
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with (
        private_session(tmp_path_factory.mktemp("session")) as running,
        pytest.MonkeyPatch.context() as environment,
    ):
        name = "DBUS_SESSION_BUS_ADDRESS"
        environment.setenv(name, running.environment[name])
        yield


def test_keeps_reads_and_forgets() -> None:
    store = KeyStore()
    assert store.get("a") is None
    store.set("a", "first")
    store.set("a", "sécond")
    store.set("b", "other")
    assert (store.get("a"), store.get("b")) == ("sécond", "other")
    store.delete("a")
    store.delete("a")
    assert store.get("a") is None
    store.delete("b")


def test_a_locked_store_is_told_and_opens_no_dialog() -> None:
    store = KeyStore()
    store.set("a", "kept")
    key_store.lock()
    try:
        with pytest.raises(KeyStoreLocked):
            store.get("a")
        with pytest.raises(KeyStoreLocked):
            store.delete("a")
    finally:
        key_store.unlock()
    assert store.get("a") == "kept"
    store.delete("a")


def test_no_session_bus_means_no_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
    with pytest.raises(KeyStoreMissing):
        KeyStore().get("a")
    with pytest.raises(KeyStoreMissing):
        KeyStore().set("a", "b")
    with pytest.raises(KeyStoreMissing):
        KeyStore().delete("a")


def test_a_bus_without_a_store_means_no_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with private_session(tmp_path, key_store=False) as bare:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bare.environment["DBUS_SESSION_BUS_ADDRESS"])
        with pytest.raises((KeyStoreMissing, KeyStoreLocked)):
            KeyStore().get("a")


def test_no_backend_writes_files() -> None:
    assert not [name for name in BACKENDS if "file" in name.lower() or "alt" in name.lower()]
