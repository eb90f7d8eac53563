# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Sign in with the system's browser (RFC 8252): from an address that was typed to a session."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from connection_client.domain.accounts import (
    Account,
    Membership,
    Realm,
    completed_address,
    looks_like_address,
)
from connection_client.domain.errors import (
    AddressNotReadable,
    ClientError,
    FolderNotWritable,
    NetworkError,
    SignInCancelled,
)
from connection_client.domain.language import _
from connection_client.domain.setting import SettingsKeeper
from connection_client.domain.settings import EMAIL, EMAIL_DOMAIN, LOOPBACK_PORT
from connection_client.domain.settings_errors import SettingLocked
from connection_client.domain.texts import explain
from connection_client.identity.device import DeviceAttempt
from connection_client.identity.ports import Accounts, Browser, Provider
from connection_client.identity.presets import preset_realm
from connection_client.identity.session import Session
from connection_client.identity.tokens import AuthorizationRequest, Grant

if TYPE_CHECKING:
    from connection_client.identity.loopback import Loopback

LIMIT_SECONDS = 600.0


class SignIn:
    """The three ways into a session: browser, copied link, another device."""

    def __init__(
        self,
        session: Session,
        provider: Provider,
        accounts: Accounts,
        browser: Browser,
        settings: SettingsKeeper,
        limit: float = LIMIT_SECONDS,
    ) -> None:
        self._session, self._provider, self._accounts = session, provider, accounts
        self._browser, self._settings, self._limit = browser, settings, limit

    def discover(self, email: str) -> Realm:
        """Which provider serves the address, which is remembered; raises AddressNotReadable, NetworkError."""
        email = completed_address(email, self._settings.get(EMAIL_DOMAIN)).strip()
        if not looks_like_address(email):
            raise AddressNotReadable
        realm = preset_realm(self._settings, email) or self._accounts.discover(email)
        with suppress(SettingLocked, FolderNotWritable):
            self._settings.set(EMAIL, realm.email)
        return realm

    def start(self, realm: Realm) -> "BrowserAttempt":
        """Listen for the way back and open the browser; raises NetworkError, SignInRefused, TokenRefused."""
        from connection_client.identity.loopback import Loopback  # a web server, which sign-ins alone need

        loopback = Loopback(self._settings.get(LOOPBACK_PORT))
        try:
            request = self._provider.prepare(realm, loopback.redirect_uri, loopback.state)
        except BaseException:
            loopback.close()
            raise
        return BrowserAttempt(request, loopback, self._browser, self._redeem_for(realm), self._limit)

    def start_device(self, realm: Realm) -> DeviceAttempt:
        """Ask for a code to type on another device (RFC 8628); raises NetworkError, SignInRefused."""
        request = self._provider.prepare_device(realm)
        return DeviceAttempt(request, self._provider, lambda grant: self._begin(realm, grant))

    def _redeem_for(self, realm: Realm) -> "Redeem":
        def redeem(request: AuthorizationRequest, query: str, cancelled: threading.Event) -> Account:
            grant = self._provider.redeem(request, query)
            if cancelled.is_set():
                with suppress(NetworkError):
                    self._provider.revoke(request.issuer, grant.tokens.refresh_token)
                raise SignInCancelled
            return self._begin(realm, grant)

        return redeem

    def _begin(self, realm: Realm, grant: Grant) -> Account:
        who = grant.identity
        account = Account(who.issuer, who.subject, who.email or realm.email, who.name, Membership.NONE)
        remembered = self._session.state.account
        if remembered and (remembered.issuer, remembered.subject) == (who.issuer, who.subject):
            account = replace(remembered, email=account.email, name=account.name or remembered.name)
        # Where this fails the sign-in itself is good all the same: refresh_account asks again.
        with suppress(ClientError):
            account = self._accounts.me(grant.tokens.access_token, account)
        self._session.adopt(account, grant)
        return account


Redeem = Callable[[AuthorizationRequest, str, threading.Event], Account]


class BrowserAttempt:
    """One sign-in under way; `url` may be copied into any browser of this computer."""

    def __init__(
        self,
        request: AuthorizationRequest,
        loopback: "Loopback",
        browser: Browser,
        redeem: Redeem,
        limit: float,
    ) -> None:
        self._request, self._loopback, self._browser = request, loopback, browser
        self._redeem, self._limit = redeem, limit
        self._cancelled = threading.Event()
        self.url = request.url
        self.opened = browser(self.url)

    def open_again(self) -> bool:
        """Open the browser once more; whether it could be started."""
        self.opened = self._browser(self.url)
        return self.opened

    def wait(self) -> Account:
        """Block until the sign-in has ended.

        Raises SignInCancelled, SignInTimedOut, SignInRefused, TokenRefused, ClockWrong, NetworkError.
        """
        try:
            query = self._loopback.wait(self._limit)
            account = self._redeem(self._request, query, self._cancelled)
            self._loopback.conclude(
                _("You are signed in"), _("You can close this window and go on in CONNECTION Client.")
            )
        except ClientError as error:
            self._loopback.conclude(_("The sign-in did not come to its end"), explain(error, _))
            raise
        else:
            return account
        finally:
            self._loopback.close()

    def cancel(self) -> None:
        """End it from any thread, also before `wait`, which then raises SignInCancelled."""
        self._cancelled.set()
        self._loopback.cancel()
        self._loopback.conclude(_("The sign-in did not come to its end"), explain(SignInCancelled(), _))
        self._loopback.close()
