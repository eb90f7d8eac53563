# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A network that wants a sign-in of its own (captive portal).

Says so in one sentence instead of a certificate's trouble, and goes on once the network is open.
"""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from connection_client.domain.errors import CaptivePortal
from connection_client.domain.settings import PROXY
from connection_client.domain.texts import explain
from tests.faults.conftest import ADDRESS
from tests.world.authority import Authority
from tests.world.identity import Rooms
from tests.world.network import captive_portal, tls_front
from tests.world.openid_provider import LyingProvider
from tests.world.proxies import proxy

HOST = "center.firm.example"


@pytest.mark.parametrize("page_instead", [False, True])
def test_the_wall_is_named_and_later_it_goes_on(
    session_bus: str,
    provider: LyingProvider,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    page_instead: bool,
) -> None:
    assert session_bus
    public, gateway = Authority(tmp_path / "public", "Public"), Authority(tmp_path / "hotel", "Hotel")
    center_port = urlsplit(provider.issuer).port or 0
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
    rooms.close()
    with tls_front(public.issue(HOST), center_port) as port:
        goes_on_in_the_open(tmp_path, port, provider.issuer)


def goes_on_in_the_open(folder: Path, port: int, issuer: str) -> None:
    home = folder / "open-network"
    home.mkdir()
    with proxy(home, {HOST: port}) as open_network:
        again = Rooms(folder / "client", issuer)
        again.settings.set(PROXY, open_network.address)
        assert again.sign_in.discover(ADDRESS).issuer == issuer
        again.close()
