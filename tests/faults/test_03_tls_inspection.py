# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A network that looks into TLS with an authority of its own.

Names the host and the issuer, offers no way to go on anyway, and trusts what the operating system trusts.
"""

from pathlib import Path

import pytest

from connection_client.domain.errors import CertificateNotTrusted
from connection_client.domain.settings import PROXY
from connection_client.domain.texts import explain
from tests.faults.conftest import ADDRESS
from tests.world.identity import Rooms
from tests.world.openid_provider import LyingProvider
from tests.world.organisation_network import HOST, organisation_network


def test_the_issuer_is_named_and_the_systems_trust_decides(
    session_bus: str, provider: LyingProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert session_bus
    with organisation_network(provider, tmp_path, monkeypatch) as network:
        rooms = Rooms(tmp_path / "client", provider.issuer)
        rooms.settings.set(PROXY, network.proxy.address)
        with pytest.raises(CertificateNotTrusted) as caught:
            rooms.sign_in.discover(ADDRESS)
        rooms.close()
        said = explain(caught.value)
        assert HOST in said
        assert network.firm.name in said
        assert provider.requests == []  # nothing was sent to whoever looked in

        network.trust_firm()
        rooms = Rooms(tmp_path / "client", provider.issuer)
        assert rooms.sign_in.discover(ADDRESS).issuer == provider.issuer
        rooms.close()
