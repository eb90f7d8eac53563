# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The proxy, its authority and the network's own sign-in behave as an organisation's do."""

import ssl
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.world.authority import Authority
from tests.world.network import captive_portal, tls_front
from tests.world.openid_provider import lying_provider
from tests.world.proxies import proxy, proxy_file

HOST = "center.firm.example"
WELL_KNOWN = f"https://{HOST}/.well-known/openid-configuration"


def _get(address: str, proxy_address: str, authority: Authority) -> httpx.Response:
    trust = ssl.create_default_context(cafile=str(authority.certificate))
    with httpx.Client(proxy=proxy_address, verify=trust, trust_env=False) as client:
        return client.get(address)


def test_proxy_wants_its_password_and_passes_tls_through(tmp_path: Path) -> None:
    public = Authority(tmp_path / "public", "Public Authority")
    with (
        lying_provider() as server,
        tls_front(public.issue(HOST), urlsplit(server.issuer).port or 0) as port,
        proxy(tmp_path, {HOST: port}, credentials="jane:word") as running,
    ):
        with pytest.raises(httpx.ProxyError, match="407"):
            _get(WELL_KNOWN, running.address, public)
        named = running.address.replace("//", "//jane:word@")
        assert _get(WELL_KNOWN, named, public).json()["issuer"] == server.issuer
        assert running.seen == [f"407 CONNECT {HOST}", f"ok CONNECT {HOST}"]


def test_proxy_that_looks_into_tls_shows_its_own_authority(tmp_path: Path) -> None:
    public = Authority(tmp_path / "public", "Public Authority")
    firm = Authority(tmp_path / "firm", "Firm Inspection Authority")
    with (
        lying_provider() as server,
        tls_front(public.issue(HOST), urlsplit(server.issuer).port or 0) as port,
        proxy(tmp_path, {HOST: port}, inspecting=firm, trusting=public) as running,
    ):
        with pytest.raises(httpx.ConnectError, match="certificate verify failed"):
            _get(WELL_KNOWN, running.address, public)
        assert _get(WELL_KNOWN, running.address, firm).json()["issuer"] == server.issuer
        assert running.seen[-1] == f"ok GET {WELL_KNOWN}"


def test_network_that_wants_a_sign_in_redirects_everything() -> None:
    with captive_portal() as portal:
        address = f"http://127.0.0.1:{portal.server_port}/api/v1/me"
        assert httpx.get(address, trust_env=False).headers["Location"] == portal.page
        portal.page_instead = True
        assert "Sign in to our network" in httpx.get(address, trust_env=False).text
        assert portal.asked == ["/api/v1/me", "/api/v1/me"]


def test_proxy_file_is_served_as_one() -> None:
    with proxy_file('function FindProxyForURL(url, host) { return "DIRECT"; }') as address:
        answer = httpx.get(address, trust_env=False)
    assert answer.headers["Content-Type"] == "application/x-ns-proxy-autoconfig"
    assert "FindProxyForURL" in answer.text
