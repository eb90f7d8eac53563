# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client's own update asked for at the command line, which is one of the files that it replaces."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from installers import client, windows_setup, wine
from installers.build import ROOT, build_windows
from tests.installers.windows_computer import CONSOLE, TRAY, Computer, started
from tests.world.center import running_center
from tests.world.waiting import wait_until

pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.skipif(not wine.is_installed(), reason="Wine is not installed; ./run test-windows does so"),
    pytest.mark.usefixtures("asked_for"),
]
GOES_ON = 5
NEXT = f"{client.client_version(ROOT)}.1"


@pytest.fixture
def home(computer: Computer, tmp_path: Path) -> Iterator[Path]:
    """Where the client of today is installed, whose Center offers one more version of it."""
    (setup,) = build_windows()
    bundle = ROOT / "build" / "windows" / "bundle" / "CONNECTION Client"
    newer = tmp_path / "newer.exe"
    windows_setup.make_setup(ROOT, bundle, newer, NEXT, "zlib")
    computer.run(setup, "/S", "/CurrentUser")
    with running_center(tmp_path / "center") as center:
        center.manage(
            "publish", "add", str(newer), "--product", "connection-client", "--arch", "x64", "--public"
        )
        (person,) = (path for path in computer.wine.drive_c.glob("users/*") if path.name != "Public")
        folder = person / "AppData/Local/connection-client"
        folder.mkdir(parents=True, exist_ok=True)
        root = computer.wine.windows_path(center.state / "tuf/metadata/1.root.json")
        known = {"center_url": center.address.rstrip("/"), "trusted_root": root}
        (folder / "settings.json").write_text(json.dumps(known))
        yield person / "AppData/Local/Programs/CONNECTION Client"


def version(computer: Computer) -> str:
    return str(computer.look()["HKCU"]["uninstall"].get("displayversion"))  # none for a moment in between


def history(computer: Computer, home: Path) -> list[Any]:
    said = computer.run(home / CONSOLE, "history", "--json")
    return list(json.loads(said[said.index("[") :]))


def test_the_command_leaves_and_the_setup_replaces_it(computer: Computer, home: Path) -> None:
    assert computer.code(home / CONSOLE, "update", "connection-client") == GOES_ON
    wait_until(lambda: version(computer) == NEXT, 90, "the setup gave up")
    assert not computer.runs_client()
    (entry,) = history(computer, home)
    # The setup of the test brings the same program under a higher number, so it cannot know better.
    assert (entry["id"], entry["after"], entry["outcome"]) == ("connection-client", NEXT, "started")


def test_with_everything_else_and_beside_a_client_in_the_tray(computer: Computer, home: Path) -> None:
    with started(computer, home / TRAY, "--hidden") as tray:
        wait_until(computer.runs_client, 60, "the client did not start")
        assert computer.code(home / CONSOLE, "update", "--all", "--unattended") == GOES_ON
        wait_until(lambda: version(computer) == NEXT, 120, "the setup gave up")
        assert tray.wait(60) is not None
    # The setup starts it again, without QT_QPA_PLATFORM of the test, by which alone it runs in Wine 8.
