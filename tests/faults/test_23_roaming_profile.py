# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A roaming profile, a virtual desktop, or many people on one server.

Settings lie where a profile roams, everything that belongs to the computer elsewhere; one client a session.

A real roaming profile of Windows is not tried here.
"""

from pathlib import Path

import pytest

from connection_client.storage.folders import Folders
from connection_client.system.single_instance import SingleInstance
from tests.world.waiting import wait_until


def test_only_settings_roam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    folders = Folders.of_this_user()
    assert folders.config.is_relative_to(tmp_path / "config")
    local = (folders.data, folders.state, folders.cache, folders.runtime)
    assert not any(folder.is_relative_to(tmp_path / "config") for folder in local)


def test_each_session_has_one(tmp_path: Path) -> None:
    sessions = [tmp_path / "1000", tmp_path / "1001"]
    for folder in sessions:
        folder.mkdir()
    running = [SingleInstance(folder) for folder in sessions]
    heard: list[tuple[str, ...]] = []
    assert [one.claim([]) for one in running] == [True, True]
    running[0].listen(heard.append)
    second = SingleInstance(sessions[0])
    assert not second.claim(["connection-client://launch/survey-viewer"])
    wait_until(lambda: bool(heard), 5, "the running client heard nothing")
    assert heard == [("connection-client://launch/survey-viewer",)]
    for one in running:
        one.release()
