# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The network is metered, or the computer runs on battery.

Looks for updates all the same, downloads none by itself, puts off one that is under way and keeps what has
arrived; and downloads when a person asks for it.

NetworkManager and UPower are services of the tests on a bus of their own, which say what the real ones would.
"""

from pathlib import Path

import pytest

from connection_client.domain.errors import InstallationPutOff
from connection_client.domain.recommendations import Blocker
from connection_client.domain.texts import explain
from connection_client.system.linux_surroundings import surroundings
from tests.faults.conftest import never
from tests.world.catalogues import only, package_json, product_json, release_json
from tests.world.delivered import installed
from tests.world.delivery import Delivery
from tests.world.faulty_server import Exchange
from tests.world.packages import make_deb
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
            with pytest.raises(InstallationPutOff):
                workspace.install("survey-viewer", updatable.told.append, never(), unattended=True)
            assert updatable.server.requests(PACKAGE) == []
            assert installed(updatable) == "10.1.0.12"
        with services(bus, afterwards):
            assert only(workspace.refresh().rows).recommendation.blockers == ()
        with services(bus, said):
            workspace.refresh()
            assert updatable.install(workspace).after == "10.2.0.7"


def test_what_goes_on_by_itself_stops_where_the_meter_begins(
    updatable: Delivery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"/usr/share/survey/points.csv": "".join(str(number) for number in range(600_000))}
    big = make_deb(updatable.files, "survey-viewer-ses", "10.3.0.0", files=files, compression="none")
    updatable.publish(product_json("survey-viewer", release_json("10.3.0.0", package_json(big))))
    path = f"/delivery/files/files/{big.name}"
    said: dict[tuple[str, str], tuple[str, object]] = {(NETWORK, "Metered"): ("u", UNMETERED)}

    def another_network(exchange: Exchange) -> None:
        """The computer is carried to another one while the file comes."""
        said[NETWORK, "Metered"] = ("u", METERED if exchange.number == 1 else UNMETERED)
        exchange.send_file(big.read_bytes())

    updatable.server.answers[path] = another_network
    updatable.surroundings = surroundings
    with system_bus(tmp_path) as bus, services(bus, said):
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus)
        workspace = updatable.workspace()
        workspace.refresh()
        with pytest.raises(InstallationPutOff) as caught:
            workspace.install("survey-viewer", updatable.told.append, never(), unattended=True)
        assert "is kept" in explain(caught.value)
        (part,) = updatable.downloads.glob("*.part")
        kept = part.stat().st_size
        assert 0 < kept < big.stat().st_size
        assert installed(updatable) == "10.1.0.12"
        assert updatable.install(workspace).after == "10.3.0.0"  # a person pressed Update
    first, second = (seen.headers.get("Range", "") for seen in updatable.server.requests(path))
    assert (first, second.partition("=")[0]) == ("", "bytes")
