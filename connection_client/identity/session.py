# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The person's session: restored without network, renewed unnoticed, ended only by the provider's word."""

import random
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from connection_client.domain.accounts import Account, Keeping, SessionState, SessionStatus
from connection_client.domain.errors import (
    ClientError,
    NetworkError,
    NotSignedIn,
    SessionBusy,
    SessionEnded,
    SignInRefused,
)
from connection_client.domain.key_store_errors import KeyStoreError
from connection_client.domain.language import N_
from connection_client.identity.clock import uptime
from connection_client.identity.known_accounts import KnownAccounts, same
from connection_client.identity.ports import AccountCache, Accounts, Browser, Provider, SessionLock
from connection_client.identity.refresh_tokens import RefreshTokens, token_name
from connection_client.identity.renewal import HeldToken, RenewalSchedule
from connection_client.identity.revocations import Revocations
from connection_client.identity.states import answered, ended, found, is_news, signed_out
from connection_client.identity.tokens import Grant, Tokens

Listener = Callable[[SessionState], None]


class Session:
    """Safe for several threads and, through its lock, for several processes of the same person."""

    def __init__(
        self,
        provider: Provider,
        accounts: Accounts,
        tokens: RefreshTokens,
        cache: AccountCache,
        lock: SessionLock,
        browser: Browser | None = None,
        last_address: Callable[[], str] = str,
        clock: Callable[[], float] = uptime,
    ) -> None:
        self._provider, self._accounts = provider, accounts
        self._tokens, self._known, self._lock = tokens, KnownAccounts(cache), lock
        self._revocations = Revocations(provider, tokens, cache)
        self._browser, self._last_address, self._clock = browser, last_address, clock
        self._state = SessionState()
        self._held: HeldToken | None = None
        self._renewing = threading.RLock()
        self._listeners: list[Listener] = []

    @property
    def state(self) -> SessionState:
        """What is known now, without asking anybody."""
        return self._state

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with each new state, on any thread; returns a function that ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def restore(self) -> SessionState:
        """Find the session of last time; asks the key store, never the network, and raises nothing."""
        with self._renewing:
            before = replace(self._state, email=self._state.email or self._last_address())
            return self._become(found(self._known.active, self._tokens, before))

    def access_token(self) -> str:
        """A token for the Center, renewed where it is time.

        Raises NotSignedIn, SessionEnded, NetworkError (only once the token in hand is over), KeyStoreError.
        """
        held = self._usable()
        if held and not held.schedule.due(self._clock()):
            return held.token
        with self._renewing:
            held = self._usable()
            if held and not held.schedule.due(self._clock()):
                return held.token
            return self._renewed()

    def forget_access_token(self) -> None:
        """The server refused the token in hand: the next call gets a new one."""
        self._held = None

    def refresh_account(self) -> SessionState:
        """Ask the Center who this is now; raises what access_token raises."""
        account = self._signed_in()
        try:
            try:
                fresh = self._accounts.me(self.access_token(), account)
            except NotSignedIn:
                if self._state.status is not SessionStatus.SIGNED_IN:
                    raise
                # Refused before its time: once more with a new one.
                fresh = self._asked_again(account)
        except NetworkError as error:
            with self._renewing:
                self._become(replace(self._state, offline=True, problem=error))
            raise
        with self._renewing:
            if self._state.account is None or not same(self._state.account, fresh):
                return self._state  # signed out or changed while the answer was on its way
            if fresh is not account:
                self._known.update(fresh)
            self._become(replace(answered(self._state), account=fresh, email=fresh.email))
        self._revocations.retry()
        return self._state

    def adopt(self, account: Account, grant: Grant) -> SessionState:
        """Begin the session of a sign-in that passed every check; raises FolderNotWritable, SessionBusy."""
        with self._renewing, self._lock():
            # A sign-in on top of a session of the same account: the older token must not live on unseen.
            self._revocations.put_aside(account)
            keeping, problem = self._keep(account, grant.tokens)
            self._known.activate(account)
            self._revocations.not_wanted(token_name(account))
            self._hold(account, grant.tokens)
            return self._become(
                SessionState(SessionStatus.SIGNED_IN, account, account.email, keeping, problem=problem)
            )

    def sign_out(self) -> None:
        """End the session here at once, and at the provider as soon as it can be reached."""
        with self._renewing:
            account = self._state.account or self._known.active
            self._held = None
            try:
                with self._lock():
                    self._forget(account)
            except SessionBusy:
                self._forget(account)
            self._become(signed_out(account.email if account else self._state.email))
        self._revocations.retry()
        if account and self._browser:
            # Or the next person would go on in the browser with this account.
            with suppress(ClientError):
                if address := self._provider.end_session_address(account.issuer, account.email):
                    self._browser(address)

    def retry_revocations(self) -> None:
        """Revoke what could not be revoked when it was signed out; an outage leaves it for the next time."""
        self._revocations.retry()

    # ---- the inside ----------------------------------------------------------------------------
    def _usable(self) -> HeldToken | None:
        held, account = self._held, self._state.account
        return held if held and account and held.owner == token_name(account) else None

    def _living(self) -> HeldToken | None:
        held = self._usable()
        return held if held and not held.schedule.over(self._clock()) else None

    def _asked_again(self, account: Account) -> Account:
        self.forget_access_token()
        try:
            return self._accounts.me(self.access_token(), account)
        except NotSignedIn as error:
            raise SignInRefused(reason=N_("the Center does not know this sign-in")) from error

    def _keep(self, account: Account, tokens: Tokens) -> tuple[Keeping, KeyStoreError | None]:
        if tokens.refresh_token:
            return self._tokens.keep(token_name(account), tokens.refresh_token)
        with suppress(KeyStoreError):
            self._tokens.drop(token_name(account))
        return Keeping.MEMORY, None

    def _signed_in(self) -> Account:
        if self._state.status is not SessionStatus.SIGNED_IN:
            # Another process may have signed in, or the key store may have been opened, meanwhile.
            self.restore()
        state = self._state
        if state.status is SessionStatus.SIGNED_IN and state.account:
            return state.account
        if isinstance(state.problem, KeyStoreError | SessionEnded):
            raise state.problem
        raise NotSignedIn

    def _renewed(self) -> str:
        account = self._signed_in()
        try:
            with self._lock():
                return self._renew_under_lock(account)
        except (NetworkError, KeyStoreError) as error:
            offline = isinstance(error, NetworkError)
            self._become(replace(self._state, offline=offline, problem=error))
            if held := self._living():
                return held.token
            raise

    def _renew_under_lock(self, account: Account) -> str:
        # Another process may have renewed, signed out or changed the account while this one waited.
        current = self._known.active
        if current is None or not same(current, account):
            self._held = None
            account = self._restored_account()
        token = self._tokens.get(token_name(account))
        if not token:
            if held := self._living():
                return held.token  # a provider without refresh tokens: good until it is over
            self._end(account)
            raise SessionEnded(email=account.email)
        try:
            fresh = self._provider.renew(account.issuer, token)
        except SessionEnded as error:
            self._tokens.drop(token_name(account))
            self._end(account)
            raise SessionEnded(email=account.email) from error
        state = self._state
        if fresh.refresh_token not in ("", token):
            keeping, problem = self._keep(account, fresh)
            state = replace(state, keeping=keeping, problem=problem)
        held = self._hold(account, fresh)
        self._become(answered(state))
        return held.token

    def _restored_account(self) -> Account:
        state = self.restore()
        if state.status is not SessionStatus.SIGNED_IN or state.account is None:
            raise NotSignedIn
        return state.account

    def _hold(self, account: Account, tokens: Tokens) -> HeldToken:
        schedule = RenewalSchedule(self._clock(), tokens.lifetime, random.random())  # noqa: S311  # spread only
        self._held = HeldToken(token_name(account), tokens.access_token, schedule)
        return self._held

    def _forget(self, account: Account | None) -> None:
        if account is not None:
            self._revocations.put_aside(account)
        self._known.leave()

    def _end(self, account: Account) -> SessionState:
        self._held = None
        return self._become(ended(account))

    def _become(self, state: SessionState) -> SessionState:
        news, self._state = is_news(self._state, state), state
        if news:
            for listener in tuple(self._listeners):
                listener(state)
        return state
