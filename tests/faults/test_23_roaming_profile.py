# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A roaming profile, a virtual desktop, or many people on one server.

Settings lie where a profile roams, everything that belongs to the computer elsewhere, its
name and its random id among it; one client a session.

Also shown by tests/system/test_device.py::test_the_same_computer_keeps_its_name_and_another_has_another, for
the name is made anew from the computer's own id each time, and kept nowhere; on Windows by
tests/windows/test_single_instance.py::test_clients_with_other_folders_are_other_clients.

A real roaming profile of Windows is not tried here.
"""

import json
import shutil
from pathlib import Path

import pytest

from connection_client.storage.folders import Folders
from connection_client.system.device import device_name
from connection_client.system.single_instance import SingleInstance
from tests.faults.desks import publisher, run
from tests.world.catalogues import product_json, release_json
from tests.world.session import home_environment
from tests.world.waiting import wait_until

MACHINE_IDS = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


def test_only_settings_roam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    folders = Folders.of_this_user()
    assert folders.config.is_relative_to(tmp_path / "config")
    local = (folders.data, folders.state, folders.cache, folders.runtime)
    assert not any(folder.is_relative_to(tmp_path / "config") for folder in local)


def test_nothing_that_names_the_computer_roams(tmp_path: Path) -> None:
    """A client that has looked for updates, on a profile that then roams to another computer."""
    environment = home_environment(tmp_path)
    config = Path(environment["XDG_CONFIG_HOME"])
    with publisher(tmp_path / "publisher", product_json("survey-viewer", release_json("1.0"))) as published:
        published.preset(config / "connection-client")
        run(environment, "settings", "set", "notify_updates", "false")
        run(environment, "updates", "--json")
    state = Path(environment["XDG_STATE_HOME"]) / "connection-client" / "updates.json"
    names = [json.loads(state.read_text())["computer"], device_name()]
    names += [path.read_text().strip() for path in MACHINE_IDS if path.exists()]
    assert len(names[0]) == 32
    roaming = b"".join(path.read_bytes() for path in config.rglob("*") if path.is_file())
    assert b"notify_updates" in roaming
    assert not [name for name in names if name and name.encode() in roaming]
    shutil.rmtree(Path(environment["XDG_STATE_HOME"]))  # the other computer has the profile alone
    with publisher(tmp_path / "again", product_json("survey-viewer", release_json("1.0"))) as published:
        published.preset(config / "connection-client")
        run(environment, "updates", "--json")
    assert json.loads(state.read_text())["computer"] != names[0]


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
