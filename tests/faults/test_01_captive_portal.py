# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A network that wants a sign-in of its own (captive portal).

Says so in one sentence instead of a certificate's trouble, and goes on by itself once the network is open.

Also shown by tests/backend/trust/test_line.py::test_a_sign_in_page_of_the_network_is_told_as_such and
tests/backend/downloads/test_odd_servers.py::test_a_sign_in_page_instead_of_the_file_keeps_the_part.
"""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from connection_client.domain.errors import CaptivePortal
from connection_client.domain.settings import PROXY
from connection_client.domain.texts import explain
from tests.faults.conftest import ADDRESS
from tests.faults.desks import looks_of, publisher
from tests.world.authority import Authority
from tests.world.catalogues import product_json, release_json
from tests.world.identity import Rooms
from tests.world.network import captive_portal, tls_front
from tests.world.openid_provider import LyingProvider
from tests.world.proxies import proxy
from tests.world.session import home_environment
from tests.world.troubled_link import troubled_link

HOST = "center.firm.example"


@pytest.mark.parametrize("page_instead", [False, True])
def test_the_wall_is_named(
    session_bus: str,
    provider: LyingProvider,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    page_instead: bool,
) -> None:
    assert session_bus
    public, gateway = Authority(tmp_path / "public", "Public"), Authority(tmp_path / "hotel", "Hotel")
    provider.issuer = f"https://{HOST}"
    monkeypatch.setenv("SSL_CERT_FILE", str(public.certificate))
    rooms = Rooms(tmp_path / "client", provider.issuer)
    with (
        captive_portal() as portal,
        tls_front(gateway.issue(HOST), portal.server_port) as port,
        proxy(tmp_path, {f"{HOST}:80": portal.server_port, f"{HOST}:443": port}) as hotel,
    ):
        portal.page_instead = page_instead
        rooms.settings.set(PROXY, hotel.address)
        with pytest.raises(CaptivePortal) as caught:
            rooms.sign_in.discover(ADDRESS)
    assert "This network wants a sign-in of its own" in explain(caught.value)
    assert "certificate" not in explain(caught.value)
    rooms.close()


@pytest.mark.parametrize("page_instead", [False, True])
def test_it_goes_on_by_itself(tmp_path: Path, *, page_instead: bool) -> None:
    """One client that looks by its own clock (a minute lasts half a second), from the wall to the list."""
    public, gateway = Authority(tmp_path / "public", "Public"), Authority(tmp_path / "hotel", "Hotel")
    products = product_json("survey-viewer", release_json("1.0"))
    with (
        publisher(tmp_path / "publisher", products) as published,
        captive_portal() as portal,
        tls_front(gateway.issue(HOST), portal.server_port) as wall,
        tls_front(public.issue(HOST), port_of(published.server.address)) as behind,
        troubled_link(seed=1) as line,
        proxy(tmp_path, {f"{HOST}:80": portal.server_port, f"{HOST}:443": port_of(line.address)}) as hotel,
    ):
        portal.page_instead = page_instead
        line.upstream = wall
        environment = home_environment(tmp_path / "home") | {"SSL_CERT_FILE": str(public.certificate)}
        config = Path(environment["XDG_CONFIG_HOME"]) / "connection-client"
        published.preset(config, center_url=f"https://{HOST}", proxy=hotel.address)
        looks = looks_of(environment, minute_ms=500, looks=50)
        for _ in range(2):
            look = next(looks)
            assert (look["problem"], look["rows"]) == (CaptivePortal.__name__, 0)
            assert look["minutes"] < 3  # soon again
        line.upstream = behind  # somebody has signed in to the network
        through = next(look for look in looks if look["problem"] != CaptivePortal.__name__)
        looks.close()
    assert (through["problem"], through["rows"]) == ("", 1)
    assert through["minutes"] > 60  # from here on by hours, as ever


def port_of(address: str) -> int:
    return urlsplit(address).port or 0
