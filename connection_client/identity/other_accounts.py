# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Several accounts on one computer: who else is signed in, made active or signed out without a password."""

from connection_client.domain.accounts import Account, SessionState
from connection_client.identity.known_accounts import KnownAccounts
from connection_client.identity.ports import AccountCache, Provider, SessionLock
from connection_client.identity.refresh_tokens import RefreshTokens
from connection_client.identity.revocations import Revocations
from connection_client.identity.session import Session


class OtherAccounts:
    """Works under the session's own lock, so that no renewal meets a change of accounts."""

    def __init__(
        self,
        session: Session,
        provider: Provider,
        tokens: RefreshTokens,
        cache: AccountCache,
        lock: SessionLock,
    ) -> None:
        self._session, self._lock = session, lock
        self._known = KnownAccounts(cache)
        self._revocations = Revocations(provider, tokens, cache)

    def listed(self) -> tuple[Account, ...]:
        """Everybody but the active account; read from disk."""
        return self._known.others

    def switch(self, account: Account) -> SessionState:
        """Make one of them active, offline too; raises FolderNotWritable, SessionBusy."""
        with self._lock():
            self._known.activate(account)
        return self._session.restore()

    def forget(self, account: Account) -> None:
        """Sign one of them out, here at once and at its provider when it can be reached."""
        with self._lock():
            self._revocations.put_aside(account)
            self._known.forget(account)
        self._revocations.retry()
