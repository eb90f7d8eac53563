# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The desktop shows no tray icons (GNOME).

Opens its window, although it was to start hidden; the icon comes when a host for icons appears.
"""

from pathlib import Path

from tests.faults.desks import FIRST_PAGE, client, looking
from tests.world.desktop import private_desktop
from tests.world.status_notifier import status_notifier_host


def test_the_window_is_the_home_until_an_icon_can_be_shown(tmp_path: Path) -> None:
    with private_desktop(tmp_path / "desktop", tray=False) as desktop:
        environment = desktop.environment
        with client(environment, tmp_path / "log", "--hidden"), looking(environment) as screen:
            screen.wait_for(FIRST_PAGE, "text", seconds=60)
            with status_notifier_host(environment["DBUS_SESSION_BUS_ADDRESS"]) as host:
                host.wait_for_icon()
                assert "Quit" in " ".join(host.menu())
