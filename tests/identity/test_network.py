# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Sign-in from within an organisation's network: every request goes through its proxy, with its password."""

import ssl
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from connection_client.domain.accounts import Keeping, SessionStatus
from connection_client.domain.errors import CertificateNotTrusted, ProxyWantsPassword
from connection_client.domain.proxies import ProxyLogin
from connection_client.domain.settings import PROXY
from tests.world.authority import Authority
from tests.world.identity import Rooms
from tests.world.network import tls_front
from tests.world.openid_provider import LyingProvider
from tests.world.proxies import proxy
from tests.world.session import PrivateSession

HOST = "center.firm.example"
ADDRESS = "ben@lima-survey.example"
JANE = ProxyLogin("jane", "wide-meadow 7")


def test_signs_in_behind_a_proxy_that_wants_a_password_and_looks_into_tls(
    desktop: PrivateSession, provider: LyingProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = Authority(tmp_path / "public", "Public Authority")
    firm = Authority(tmp_path / "firm", "Firm Inspection Authority")
    plain_port = urlsplit(provider.issuer).port or 0
    provider.issuer = f"https://{HOST}"
    monkeypatch.setenv("SSL_CERT_FILE", str(public.certificate))
    secret = f"{JANE.name}:{JANE.password}"
    with (
        tls_front(public.issue(HOST), plain_port) as port,
        proxy(tmp_path, {HOST: port}, credentials=secret, inspecting=firm, trusting=public) as running,
    ):
        rooms = Rooms(tmp_path / "client", provider.issuer)
        rooms.settings.set(PROXY, running.address)
        with pytest.raises(ProxyWantsPassword):
            rooms.sign_in.discover(ADDRESS)
        assert rooms.proxy_logins.keep(urlsplit(running.address).netloc, JANE) is Keeping.KEY_STORE
        with pytest.raises(CertificateNotTrusted) as caught:
            rooms.sign_in.discover(ADDRESS)
        assert caught.value.facts == {"host": HOST, "issuer": firm.name}
        rooms.close()

        # The organisation's authority comes into the computer's own store; the next start trusts it.
        monkeypatch.setenv("SSL_CERT_FILE", str(firm.certificate))
        rooms = Rooms(tmp_path / "client", provider.issuer)
        rooms.browser.proxy = running.address.replace("//", f"//{secret.replace(' ', '%20')}@")
        rooms.browser.trust = ssl.create_default_context(cafile=str(firm.certificate))
        account = rooms.sign_in.start(rooms.sign_in.discover(ADDRESS)).wait()
        assert account.issuer == provider.issuer
        rooms.session.forget_access_token()
        assert rooms.session.access_token()
        rooms.session.sign_out()
        assert rooms.session.state.status is SessionStatus.SIGNED_OUT
        assert provider.living_families == 0
        rooms.close()
    paths = {
        urlsplit(line.split()[-1]).path for line in running.seen if line.startswith(("ok GET", "ok POST"))
    }
    assert {"/api/v1/discovery", "/authorize", "/token", "/jwks", "/api/v1/me", "/revoke"} <= paths
