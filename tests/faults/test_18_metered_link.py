# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The network is metered, or the computer runs on battery.

Looks for updates all the same, downloads none by itself, and does when a person asks for it.

Also shown by tests/workspace/test_installing.py::test_an_unattended_update_waits_for_a_network_without_a_meter.

NetworkManager and UPower are services of the tests on a bus of their own, which answer in the words of the real
ones.
"""

from pathlib import Path

import pytest

from connection_client.domain.errors import NotInstallable
from connection_client.domain.recommendations import Blocker
from connection_client.system.linux_surroundings import surroundings
from tests.faults.conftest import never
from tests.world.catalogues import only
from tests.world.delivered import installed
from tests.world.delivery import Delivery
from tests.world.system_services import NETWORK, POWER, services, system_bus

PACKAGE = "/delivery/files/files/survey-viewer-ses_10.2.0.7_all.deb"
METERED, GUESSED, UNMETERED = 1, 3, 2  # NMMetered


@pytest.mark.parametrize(
    ("said", "afterwards"),
    [
        ({(NETWORK, "Metered"): ("u", METERED)}, {(NETWORK, "Metered"): ("u", UNMETERED)}),
        ({(NETWORK, "Metered"): ("u", GUESSED)}, {(NETWORK, "Metered"): ("u", UNMETERED)}),
        ({(POWER, "OnBattery"): ("b", True)}, {(POWER, "OnBattery"): ("b", False)}),
    ],
    ids=["metered", "guessed to be metered", "on battery"],
)
def test_a_person_may_download_all_the_same(
    updatable: Delivery,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    said: dict[tuple[str, str], tuple[str, object]],
    afterwards: dict[tuple[str, str], tuple[str, object]],
) -> None:
    updatable.surroundings = surroundings  # as the client reads them, at each look
    workspace = updatable.workspace()
    with system_bus(tmp_path) as bus:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus)
        with services(bus, said):
            workspace.refresh()
            assert updatable.server.requests("/tuf/metadata/timestamp.json")  # it looked
            assert only(workspace.view.rows).recommendation.blockers == (Blocker.METERED,)
            with pytest.raises(NotInstallable):
                workspace.install("survey-viewer", updatable.told.append, never(), unattended=True)
            assert updatable.server.requests(PACKAGE) == []
            assert installed(updatable) == "10.1.0.12"
        with services(bus, afterwards):
            assert only(workspace.refresh().rows).recommendation.blockers == ()
        with services(bus, said):
            workspace.refresh()
            assert updatable.install(workspace).after == "10.2.0.7"
