# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A proxy that wants a name and a password (407).

Asks once, before the first sign-in, and keeps the password in the key store for every later start.
"""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from connection_client.domain.accounts import Keeping
from connection_client.domain.errors import ProxyWantsPassword
from connection_client.domain.settings import PROXY
from tests.faults.conftest import ADDRESS
from tests.world.identity import Rooms
from tests.world.openid_provider import LyingProvider
from tests.world.organisation_network import JANE, organisation_network


def test_the_password_is_asked_for_once(
    session_bus: str, provider: LyingProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert session_bus
    secret = f"{JANE.name}:{JANE.password}"
    with organisation_network(
        provider, tmp_path, monkeypatch, credentials=secret, inspecting=False
    ) as network:
        first = Rooms(tmp_path / "client", provider.issuer)
        first.settings.set(PROXY, network.proxy.address)  # reachable signed out
        with pytest.raises(ProxyWantsPassword):
            first.sign_in.discover(ADDRESS)
        assert first.proxy_logins.keep(urlsplit(network.proxy.address).netloc, JANE) is Keeping.KEY_STORE
        first.close()
        for _start in range(2):
            again = Rooms(tmp_path / "client", provider.issuer)
            assert again.sign_in.discover(ADDRESS).issuer == provider.issuer
            again.close()
