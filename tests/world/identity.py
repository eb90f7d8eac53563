# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The identity rooms as bootstrap joins them, over real folders, and a browser that follows links."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import httpx

from connection_client.backend.center_api import CenterApi
from connection_client.backend.http import open_client
from connection_client.backend.kept_metadata import KeptMetadata
from connection_client.backend.openid import OpenIdProvider
from connection_client.backend.password_api import PasswordApi
from connection_client.backend.proxies import system_proxy
from connection_client.domain.proxies import ProxyLookup
from connection_client.domain.settings import CENTER_URL, EMAIL
from connection_client.identity.devices import Devices
from connection_client.identity.other_accounts import OtherAccounts
from connection_client.identity.password import PasswordReset
from connection_client.identity.ports import SecretStore
from connection_client.identity.proxy_logins import ProxyLogins
from connection_client.identity.refresh_tokens import RefreshTokens
from connection_client.identity.session import Session
from connection_client.identity.sign_in import SignIn
from connection_client.storage.account_cache import AccountFile
from connection_client.storage.files import write_atomically
from connection_client.storage.folders import Folders
from connection_client.storage.key_store import KeyStore
from connection_client.storage.locks import SessionLockFile
from connection_client.storage.settings import SettingsFile

BROWSER = "browser of the test"


@dataclass
class FollowingBrowser:
    """Opens an address on a thread of its own, as a browser would, and keeps the page where it ended."""

    works: bool = True
    proxy: str | None = None  # for everything but this computer
    trust: ssl.SSLContext | None = None
    opened: list[str] = field(default_factory=list)
    pages: list[httpx.Response] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __call__(self, address: str) -> bool:
        self.opened.append(address)
        if self.works:
            self._threads.append(
                threading.Thread(target=self._visit, args=(address,), daemon=True, name=BROWSER)
            )
            self._threads[-1].start()
        return self.works

    def _visit(self, address: str) -> None:
        with httpx.Client(
            follow_redirects=True,
            timeout=30,
            trust_env=False,
            proxy=self.proxy,
            mounts={"all://127.0.0.1": None} if self.proxy else None,
            verify=self.trust or True,
        ) as client:
            self.pages.append(client.get(address))

    def close(self) -> None:
        for thread in self._threads:
            thread.join(30)


@contextmanager
def opening_rooms(folder: Path, center: str) -> Iterator[Callable[..., "Rooms"]]:
    """Each call of what is given is a client that has just started; all are closed at the end."""
    opened: list[Rooms] = []

    def open_rooms(**options: object) -> Rooms:
        opened.append(Rooms(folder, center, **options))  # type: ignore[arg-type]
        return opened[-1]

    try:
        yield open_rooms
    finally:
        for rooms in opened:
            rooms.close()


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Rooms:
    """One process's worth of identity."""

    def __init__(
        self,
        folder: Path,
        center: str,
        *,
        store: SecretStore | None = None,
        limit: float = 20,
        proxies: ProxyLookup = system_proxy,
    ) -> None:
        self.folders = Folders.under(folder)
        self.settings = SettingsFile(self.folders.config, folder / "policy.json")
        if self.settings.get(CENTER_URL) != center:
            self.settings.set(CENTER_URL, center)
        self.store = store or KeyStore()
        self.proxy_logins = ProxyLogins(self.store)
        self.client = open_client(self.settings, self.proxy_logins.of, proxies)
        self.center = CenterApi(self.client, self.settings)
        self.moment = datetime.now(UTC)
        self.provider = OpenIdProvider(self.client, self.settings, self._kept_metadata())
        self.browser = FollowingBrowser()
        self.clock = Clock()
        tokens, cache = RefreshTokens(self.store), AccountFile(self.folders.data)
        lock = SessionLockFile(self.folders.data)
        keeping = (tokens, cache, lock)
        email = partial(self.settings.get, EMAIL)
        self.session = Session(self.provider, self.center, *keeping, self.browser, email, self.clock)
        self.accounts = OtherAccounts(self.session, self.provider, *keeping)
        self.devices = Devices(self.session, self.center)
        self.sign_in = SignIn(self.session, self.provider, self.center, self.browser, self.settings, limit)
        self.password = PasswordReset(PasswordApi(self.client, self.center))

    def _kept_metadata(self) -> KeptMetadata:
        kept = self.folders.cache / "providers.json"
        return KeptMetadata(kept.read_bytes, partial(write_atomically, kept), lambda: self.moment)

    def close(self) -> None:
        self.browser.close()
        self.client.close()
