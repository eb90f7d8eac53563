# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Sign-in from within an organisation's network: every request goes through its proxy, with its password."""

import ssl
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from connection_client.domain.accounts import Keeping, SessionStatus
from connection_client.domain.errors import CertificateNotTrusted, ProxyWantsPassword
from connection_client.domain.settings import PROXY
from tests.world.identity import Rooms
from tests.world.openid_provider import LyingProvider
from tests.world.organisation_network import HOST, JANE, OrganisationNetwork, organisation_network
from tests.world.session import PrivateSession

ADDRESS = "ben@lima-survey.example"


def test_signs_in_behind_a_proxy_that_wants_a_password_and_looks_into_tls(
    desktop: PrivateSession, provider: LyingProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = f"{JANE.name}:{JANE.password}"
    with organisation_network(provider, tmp_path, monkeypatch, credentials=secret) as network:
        refused_twice(Rooms(tmp_path / "client", provider.issuer), network)
        network.trust_firm()
        rooms = Rooms(tmp_path / "client", provider.issuer)
        address = network.proxy.address
        rooms.browser.proxy = address.replace("//", f"//{secret.replace(' ', '%20')}@")
        rooms.browser.trust = ssl.create_default_context(cafile=str(network.firm.certificate))
        account = rooms.sign_in.start(rooms.sign_in.discover(ADDRESS)).wait()
        assert account.issuer == provider.issuer
        rooms.session.forget_access_token()
        assert rooms.session.access_token()
        rooms.session.sign_out()
        assert rooms.session.state.status is SessionStatus.SIGNED_OUT
        assert provider.living_families == 0
        rooms.close()
    asked = [line for line in network.proxy.seen if line.startswith(("ok GET", "ok POST"))]
    paths = {urlsplit(line.split()[-1]).path for line in asked}
    assert {"/api/v1/discovery", "/authorize", "/token", "/jwks", "/api/v1/me", "/revoke"} <= paths


def refused_twice(rooms: Rooms, network: OrganisationNetwork) -> None:
    """First the proxy wants a password, then its certificate is that of nobody who is trusted."""
    rooms.settings.set(PROXY, network.proxy.address)
    with pytest.raises(ProxyWantsPassword):
        rooms.sign_in.discover(ADDRESS)
    assert rooms.proxy_logins.keep(urlsplit(network.proxy.address).netloc, JANE) is Keeping.KEY_STORE
    with pytest.raises(CertificateNotTrusted) as caught:
        rooms.sign_in.discover(ADDRESS)
    assert caught.value.facts == {"host": HOST, "issuer": network.firm.name}
    rooms.close()
