# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Updates that install without asking, in the real client: nothing at a login, all once somebody is there."""

import subprocess
from pathlib import Path

import pytest

from tests.updates.conftest import Begin
from tests.world.desk_viewer import DeskViewer, may_install
from tests.world.desktop import Desktop
from tests.world.screen import Screen
from tests.world.waiting import wait_until

pytestmark = pytest.mark.skipif(
    not may_install(), reason="installs on this machine, which needs root's rights"
)


def test_a_hidden_start_asks_for_no_password_and_the_window_lets_it_go_on(
    desktop: Desktop, screen: Screen, viewer: DeskViewer, begin: Begin
) -> None:
    subprocess.run(
        ["apt-get", "install", "--yes", str(viewer.publish("1.0"))], check=True, capture_output=True
    )
    viewer.publish("2.0")
    viewer.preset(desktop.session.config, update_mode="automatic")
    downloads = Path(desktop.environment["XDG_CACHE_HOME"]) / "connection-client" / "downloads"
    lists = Path(desktop.environment["XDG_DATA_HOME"]) / "connection-client" / "catalogue"

    begin(desktop.environment, "--hidden")
    wait_until(lambda: any(lists.rglob("timestamp.json")), 60, "it did not look for updates")
    with pytest.raises(TimeoutError):
        wait_until(lambda: downloads.exists() or viewer.installed != "1.0", 5, "nothing, as it should be")

    begin(desktop.environment)

    screen.wait_for("E-mail address", "text", seconds=40)
    wait_until(lambda: viewer.installed == "2.0", 60, "2.0 was not installed")
