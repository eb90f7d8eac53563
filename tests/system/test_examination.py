# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The doctor's look at the desktop and at what keeps things: a real tray, a real key ring, a full disk."""

import socket
from pathlib import Path

import pytest

from connection_client.domain.findings import Verdict
from connection_client.storage.examination import disk, key_store
from connection_client.storage.folders import Folders
from connection_client.storage.key_store import KeyStore
from connection_client.system.examination import broker, tray
from tests.world import key_store as store
from tests.world.desktop import private_desktop, tray_host
from tests.world.status_notifier import status_notifier_host


def test_tray_and_key_ring_of_a_real_desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with private_desktop(tmp_path / "desktop", tray=False) as desktop:
        for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
            monkeypatch.setenv(name, desktop.environment[name])
        assert tray().verdict is Verdict.WARNING
        assert "stays open" in tray().said(str)
        with tray_host(desktop.environment, tmp_path / "tray.log"):
            assert tray().said(str) == "A tray host (XEmbed) shows the icon."
        with status_notifier_host(desktop.environment["DBUS_SESSION_BUS_ADDRESS"]):
            assert tray().said(str) == "A tray host (StatusNotifier) shows the icon."
        assert key_store(KeyStore()).said(str) == "Secret Service is open."
        store.lock()
        assert key_store(KeyStore()).verdict is Verdict.FAIL
        assert "locked" in key_store(KeyStore()).said(str)
        store.unlock()
    assert key_store(KeyStore(backends=())).verdict is Verdict.WARNING


def test_disk_and_broker(tmp_path: Path) -> None:
    folders = Folders.under(tmp_path / "own")
    assert disk(folders).verdict is not Verdict.FAIL
    folders.cache.rmdir()
    folders.cache.write_text("in the way")
    assert disk(folders).verdict is Verdict.FAIL
    assert str(folders.cache) in disk(folders).said(str)

    assert broker(tmp_path).verdict is Verdict.WARNING
    assert "does not run" in broker(tmp_path).said(str)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "broker.sock"))
        listening.listen()
        assert broker(tmp_path).verdict is Verdict.PASS
