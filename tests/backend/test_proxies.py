# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Behind a real proxy: its password, its look into TLS; and networks with a sign-in of their own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from connection_client.backend.http import Client, ask, open_client
from connection_client.domain.accounts import Keeping
from connection_client.domain.errors import (
    CaptivePortal,
    CenterUnreachable,
    CertificateNotTrusted,
    ProxyWantsPassword,
)
from connection_client.domain.proxies import ProxyLogin
from connection_client.domain.settings import PROXY
from connection_client.domain.texts import explain
from connection_client.identity.proxy_logins import ProxyLogins
from connection_client.storage.key_store import KeyStore
from connection_client.storage.settings import SettingsFile
from tests.world.authority import Authority
from tests.world.network import captive_portal, tls_front
from tests.world.openid_provider import LyingProvider, lying_provider
from tests.world.proxies import Proxy, proxy

HOST = "center.firm.example"
WELL_KNOWN = f"https://{HOST}/.well-known/openid-configuration"
JANE = ProxyLogin("jane", "wide-meadow 7")


@pytest.fixture
def public(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """The one authority that this computer trusts."""
    authority = Authority(tmp_path / "public", "Public Authority")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate))
    return authority


@pytest.fixture
def center(public: Authority) -> Iterator[tuple[LyingProvider, int]]:
    """A Center on the other side of the proxy, and its TLS port."""
    with lying_provider() as server, ExitStack() as stack:
        port = urlsplit(server.issuer).port or 0
        yield server, stack.enter_context(tls_front(public.issue(HOST), port))


@pytest.fixture
def start(tmp_path: Path, center: tuple[LyingProvider, int]) -> Iterator[Callable[..., Proxy]]:
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(proxy(tmp_path, {HOST: center[1]}, **options))


def asked(client: Client) -> int:
    return ask(client, "GET", WELL_KNOWN).status


def test_a_proxy_without_a_password_is_used_from_the_settings(
    settings: SettingsFile, start: Callable[..., Proxy]
) -> None:
    running = start()
    with open_client(settings) as client:
        with pytest.raises(CenterUnreachable):  # the name is known behind the proxy only
            asked(client)
        settings.set(PROXY, running.address)  # while the client is open: no restart
        assert asked(client) == 200
    assert running.seen == [f"ok CONNECT {HOST}"]


def test_a_proxy_of_the_system_is_used(
    settings: SettingsFile, start: Callable[..., Proxy], monkeypatch: pytest.MonkeyPatch
) -> None:
    running = start()
    monkeypatch.setenv("https_proxy", running.address)
    with open_client(settings) as client:
        assert asked(client) == 200
        monkeypatch.setenv("no_proxy", "firm.example")
        with pytest.raises(CenterUnreachable):
            asked(client)
    assert running.seen == [f"ok CONNECT {HOST}"]


def test_a_proxy_that_wants_a_password_is_named_and_asked_once_more(
    settings: SettingsFile, start: Callable[..., Proxy], tmp_path: Path
) -> None:
    running = start(credentials=f"{JANE.name}:{JANE.password}")
    name = urlsplit(running.address).netloc
    settings.set(PROXY, running.address)
    logins = ProxyLogins(KeyStore(backends=()))
    with open_client(settings, logins.of) as client:
        with pytest.raises(ProxyWantsPassword) as caught:
            asked(client)
        assert caught.value.facts["host"] == name
        assert logins.keep(name, ProxyLogin("jane", "wrong")) is Keeping.MEMORY
        with pytest.raises(ProxyWantsPassword):
            asked(client)
        logins.keep(name, JANE)
        assert asked(client) == 200
        assert asked(client) == 200
    refused = f"407 CONNECT {HOST}"
    # First without a password; then without and with the wrong one; then without and with the right one.
    assert running.seen == [refused, refused, refused, refused, f"ok CONNECT {HOST}"]
    kept = [path.read_bytes() for path in (tmp_path / "config").rglob("*")]
    assert not any(JANE.password.encode() in content for content in kept)
    assert JANE.password not in repr(JANE)


def test_tls_that_is_looked_into_is_told_by_issuer_and_host(
    settings: SettingsFile,
    start: Callable[..., Proxy],
    public: Authority,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    firm = Authority(tmp_path / "firm", "Firm Inspection Authority")
    running = start(inspecting=firm, trusting=public, credentials=f"{JANE.name}:{JANE.password}")
    settings.set(PROXY, running.address)
    logins = ProxyLogins(KeyStore(backends=()))
    logins.keep(urlsplit(running.address).netloc, JANE)
    with open_client(settings, logins.of) as client, pytest.raises(CertificateNotTrusted) as caught:
        asked(client)
    assert caught.value.facts == {"host": HOST, "issuer": "Firm Inspection Authority"}
    assert "Nothing was sent" in explain(caught.value)
    assert not [line for line in running.seen if "GET https" in line]

    # The organisation gives its authority to the computer, not to this program.
    monkeypatch.setenv("SSL_CERT_FILE", str(firm.certificate))
    with open_client(settings, logins.of) as client:
        assert asked(client) == 200
    assert running.seen[-1] == f"ok GET {WELL_KNOWN}"


@pytest.mark.parametrize("page_instead", [False, True])
def test_a_network_with_a_sign_in_of_its_own_is_noticed_behind_its_certificate(
    settings: SettingsFile, public: Authority, tmp_path: Path, *, page_instead: bool
) -> None:
    gateway = Authority(tmp_path / "hotel", "Hotel Gateway")
    with (
        captive_portal() as portal,
        tls_front(gateway.issue(HOST), portal.server_port) as port,
        proxy(tmp_path, {f"{HOST}:80": portal.server_port, f"{HOST}:443": port}) as network,
    ):
        portal.page_instead = page_instead
        settings.set(PROXY, network.address)
        with open_client(settings) as client, pytest.raises(CaptivePortal):
            asked(client)
        assert portal.asked == ["/.well-known/openid-configuration"]
    assert public.name == "Public Authority"
