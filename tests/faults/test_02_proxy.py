# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A proxy: of the settings, the environment, the desktop or its PAC file, with or without a password (407).

Takes it on every path before the first sign-in, asks once and where nobody is signed in yet, and keeps the
password in the key store for every later start.

PAC files are resolved by the desktop, asked through its portal: tried with GNOME's, not with KDE's.
"""

import os
import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from connection_client.backend.downloads import Patience, RangeDownloads
from connection_client.backend.trust import SignedCatalogue
from connection_client.bootstrap.local import system_proxies
from connection_client.domain.accounts import Keeping
from connection_client.domain.catalogue import InstallRecipe, Package
from connection_client.domain.errors import ClientError, ProxyWantsPassword
from connection_client.domain.settings import PROXY
from connection_client.domain.window_place import WindowPlace
from connection_client.storage.files import write_atomically
from connection_client.storage.update_locks import lock_beside
from connection_client.storage.window_place import WindowPlaceFile
from tests.faults.conftest import ADDRESS
from tests.faults.desks import FIRST_PAGE, client, looking, run
from tests.world.desktop import private_desktop
from tests.world.desktop_proxies import desktop_with_proxies
from tests.world.identity import Rooms
from tests.world.openid_provider import LyingProvider
from tests.world.organisation_network import JANE, OrganisationNetwork, organisation_network
from tests.world.proxies import forget_proxies, proxy_file
from tests.world.screen import Screen
from tests.world.session import PrivateSession, private_session
from tests.world.tuf_repository import TufRepository


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


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateSession]:
    """A desktop's session with a bus of its own, in which no proxy is set."""
    forget_proxies(monkeypatch)
    with private_session(tmp_path / "session", key_store=False) as running:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", running.environment["DBUS_SESSION_BUS_ADDRESS"])
        yield running


@contextmanager
def told_by_the_desktop(session: PrivateSession, address: str, *, automatic: bool) -> Iterator[None]:
    """The settings of the desktop name the proxy, or a PAC file that does."""
    host, port = urlsplit(address).hostname, urlsplit(address).port
    wanted = {"mode": "'manual'", "https/host": f"'{host}'", "https/port": f"{port}"}
    with ExitStack() as stack:
        if automatic:
            script = f'function FindProxyForURL(url, host) {{ return "PROXY {host}:{port}"; }}'
            file = stack.enter_context(proxy_file(script))
            wanted = {"mode": "'auto'", "autoconfig-url": f"'{file}'"}
        stack.enter_context(desktop_with_proxies(session, wanted))
        yield


@pytest.mark.parametrize("way", ["settings", "environment", "desktop", "PAC file"])
def test_every_path_leads_through_the_proxy(
    session: PrivateSession,
    provider: LyingProvider,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    with ExitStack() as stack:
        network = stack.enter_context(organisation_network(provider, tmp_path, monkeypatch))
        network.trust_firm()
        address = network.proxy.address
        if way == "environment":
            monkeypatch.setenv("https_proxy", address)
        elif way in ("desktop", "PAC file"):
            stack.enter_context(told_by_the_desktop(session, address, automatic=way == "PAC file"))
        rooms = Rooms(tmp_path / "client", provider.issuer, proxies=system_proxies())
        stack.callback(rooms.close)
        if way == "settings":
            rooms.settings.set(PROXY, address)
        take_every_path(rooms, network, tmp_path)
    asked = [line for line in network.proxy.seen if line.startswith(("ok GET", "ok POST"))]
    paths = {urlsplit(line.split()[-1]).path for line in asked}
    # The host is known to the proxy's network alone: nothing of this could have come there without it.
    assert {"/api/v1/discovery", "/authorize", "/token", "/api/v1/me"} <= paths
    assert {"/api/v1/links", "/tuf/metadata/timestamp.json", "/delivery/files/files/viewer.deb"} <= paths


def take_every_path(rooms: Rooms, network: OrganisationNetwork, folder: Path) -> None:
    """Sign in, then ask for all that a client asks for; of applications this Center knows nothing."""
    rooms.browser.proxy = network.proxy.address
    rooms.browser.trust = ssl.create_default_context(cafile=str(network.firm.certificate))
    rooms.sign_in.start(rooms.sign_in.discover(ADDRESS)).wait()
    rooms.session.refresh_account()
    with suppress(ClientError):
        rooms.center.links()
    with suppress(ClientError):
        catalogue_of(rooms, folder).refresh()
    package = Package("linux", "any", "files/viewer.deb", "viewer.deb", 10, "0" * 64, InstallRecipe("deb"))
    downloads = RangeDownloads(
        rooms.client,
        lambda: rooms.center.address,
        folder / "downloads",
        rooms.session.access_token,
        patience=Patience(attempts=1, first_wait=0.01),
        headroom=0,
    )
    with suppress(ClientError):
        downloads.fetch(replace(package, needs_account=True), lambda _progress: None, threading.Event())


def catalogue_of(rooms: Rooms, folder: Path) -> SignedCatalogue:
    root = TufRepository(folder / "repository").root_bytes
    (folder / "tuf").mkdir()
    return SignedCatalogue(
        rooms.client,
        lambda: rooms.center.address,
        folder / "tuf",
        lambda: root,
        lock_beside(folder / "tuf"),
        write_atomically,
        "1.0",
    )


def test_a_person_meets_it_before_the_first_sign_in(
    provider: LyingProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = f"{JANE.name}:{JANE.password}"
    with (
        organisation_network(
            provider, tmp_path, monkeypatch, credentials=secret, inspecting=False
        ) as network,
        private_desktop(tmp_path / "desktop", screen="1280x2200x24") as desktop,
    ):
        environment = {**desktop.environment, "SSL_CERT_FILE": os.environ["SSL_CERT_FILE"]}
        run(environment, "settings", "set", "center_url", provider.issuer)
        state = Path(environment["HOME"]) / ".local" / "state" / "connection-client"
        # So high that no field of the settings has to be scrolled to.
        WindowPlaceFile(state / "window.json").keep(WindowPlace(100, 20, 800, 2000))
        with client(environment, tmp_path / "log"), looking(environment) as screen:
            goes_the_way_of_a_person(screen, network.proxy.address)


def goes_the_way_of_a_person(screen: Screen, proxy: str) -> None:
    screen.wait_for(FIRST_PAGE, "text", seconds=60)
    screen.click("Settings")
    screen.type_into("Proxy", proxy)
    screen.press_key("Tab")
    screen.click("You")
    screen.type_into(FIRST_PAGE, ADDRESS)
    screen.click("Continue")
    screen.wait_for_text("wants a name and a password")
    screen.click("Settings")
    screen.type_into("Name for the proxy", JANE.name)
    screen.type_into("Password for the proxy", JANE.password)
    screen.click("Keep")
    screen.wait_for_text("Kept in the key store of this computer.")
    screen.click("You")
    screen.wait_for(FIRST_PAGE, "text")  # what was typed is kept
    screen.click("Continue")
    screen.wait_for_text("Finish signing in in your browser")
