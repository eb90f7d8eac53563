# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Where the client keeps what, on each system, and that the kit for applications looks in the same place."""

import stat
from pathlib import Path

import pytest
from platformdirs.macos import MacOS
from platformdirs.unix import Unix

from connection_client.sdk.wire import socket_path
from connection_client.storage.folders import Folders
from connection_client.storage.session_folder import NAME


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    for kind in ("CONFIG_HOME", "CACHE_HOME", "STATE_HOME", "DATA_HOME", "RUNTIME_DIR"):
        monkeypatch.delenv(f"XDG_{kind}", raising=False)
    return tmp_path


def test_on_macos(home: Path) -> None:
    folders = Folders.named(MacOS(NAME, appauthor=False, roaming=False), "darwin")
    library, support = home / "Library", home / "Library" / "Application Support" / NAME
    assert (folders.config, folders.state, folders.data) == (support, support, support)
    assert folders.cache == library / "Caches" / NAME
    assert folders.logs == library / "Logs" / NAME
    assert folders.runtime == support / "run"
    assert socket_path("darwin") == str(folders.runtime / "broker.sock")
    assert {stat.S_IMODE(path.stat().st_mode) for path in vars(folders).values()} == {0o700}


def test_on_linux(home: Path) -> None:
    folders = Folders.named(Unix(NAME, appauthor=False, roaming=False), "linux")
    assert folders.state == folders.logs == home / ".local" / "state" / NAME
    assert folders.cache == home / ".cache" / NAME
    assert socket_path("linux") == str(folders.runtime / "broker.sock")


def test_a_state_folder_of_one_s_own_counts_on_both(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "own"))
    for system, kind in (("linux", Unix), ("darwin", MacOS)):
        folders = Folders.named(kind(NAME, appauthor=False, roaming=False), system)
        assert socket_path(system) == str(folders.runtime / "broker.sock")
        assert folders.runtime == home / "own" / NAME / "run"
