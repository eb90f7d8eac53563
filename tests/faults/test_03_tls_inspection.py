# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A network that looks into TLS with an authority of its own.

Names the host and the issuer, offers no way to go on anyway, and trusts what the operating system trusts.
"""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from connection_client.domain.errors import CertificateNotTrusted
from connection_client.domain.settings import PROXY
from connection_client.domain.texts import explain
from tests.faults.conftest import ADDRESS
from tests.world.authority import Authority
from tests.world.identity import Rooms
from tests.world.network import tls_front
from tests.world.openid_provider import LyingProvider
from tests.world.proxies import proxy

HOST = "center.firm.example"


def test_the_issuer_is_named_and_the_systems_trust_decides(
    session_bus: str, provider: LyingProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert session_bus
    public = Authority(tmp_path / "public", "Public Authority")
    firm = Authority(tmp_path / "firm", "Firm Inspection Authority")
    port_behind = urlsplit(provider.issuer).port or 0
    provider.issuer = f"https://{HOST}"
    monkeypatch.setenv("SSL_CERT_FILE", str(public.certificate))
    with (
        tls_front(public.issue(HOST), port_behind) as port,
        proxy(tmp_path, {HOST: port}, inspecting=firm, trusting=public) as running,
    ):
        rooms = Rooms(tmp_path / "client", provider.issuer)
        rooms.settings.set(PROXY, running.address)
        with pytest.raises(CertificateNotTrusted) as caught:
            rooms.sign_in.discover(ADDRESS)
        rooms.close()
        said = explain(caught.value)
        assert HOST in said
        assert firm.name in said
        assert provider.requests == []  # nothing was sent to whoever looked in

        monkeypatch.setenv("SSL_CERT_FILE", str(firm.certificate))
        rooms = Rooms(tmp_path / "client", provider.issuer)
        assert rooms.sign_in.discover(ADDRESS).issuer == provider.issuer
        rooms.close()
