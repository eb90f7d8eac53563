# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Started before the tray is ready, or the tray ends and comes again.

Makes its icon anew for each host that appears.
"""

from pathlib import Path

from tests.faults.desks import FIRST_PAGE, client, looking
from tests.world.desktop import private_desktop
from tests.world.status_notifier import StatusNotifierHost, status_notifier_host
from tests.world.waiting import wait_until


def test_each_host_gets_the_icon(tmp_path: Path) -> None:
    with private_desktop(tmp_path / "desktop", tray=False) as desktop:
        environment = desktop.environment
        with client(environment, tmp_path / "log", "--hidden"), looking(environment) as screen:
            screen.wait_for(FIRST_PAGE, "text", seconds=60)
            for _ in range(2):
                with status_notifier_host(environment["DBUS_SESSION_BUS_ADDRESS"]) as host:
                    host.wait_for_icon()
                    # An icon may be replaced once more while the host is still new.
                    wait_until(lambda: "CONNECTION Client" in tooltip(host), 10, "the icon says nothing")


def tooltip(host: StatusNotifierHost) -> str:
    """What the newest icon says; nothing where it has just gone."""
    try:
        return str(host.properties()["ToolTip"][2])
    except RuntimeError:
        return ""
