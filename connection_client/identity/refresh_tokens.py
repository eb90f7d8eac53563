# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Where refresh tokens are: in the key store, or in this process while there is none that opens."""

import threading

from connection_client.domain.accounts import Account, Keeping
from connection_client.domain.key_store_errors import KeyStoreError, KeyStoreMissing
from connection_client.identity.ports import SecretStore


def token_name(account: Account) -> str:
    """The name of an account's token: by what never changes, not by the address."""
    return f"{account.issuer} {account.subject}"


class RefreshTokens:
    """Keeps tokens by name; never on disk other than in the key store."""

    def __init__(self, store: SecretStore) -> None:
        self._store = store
        self._here: dict[str, str] = {}
        self._lock = threading.Lock()

    def get(self, name: str) -> str | None:
        """The token; None where the store is open and empty; raises KeyStoreLocked, KeyStoreMissing."""
        with self._lock:
            if name in self._here:
                return self._here[name]
        return self._store.get(name)

    def keep(self, name: str, token: str) -> tuple[Keeping, KeyStoreError | None]:
        """Keep the token as well as this computer can, and say where and why not better."""
        try:
            self._store.set(name, token)
        except KeyStoreError as error:
            with self._lock:
                self._here[name] = token
            return Keeping.MEMORY, error
        with self._lock:
            self._here.pop(name, None)
        return Keeping.KEY_STORE, None

    def drop(self, name: str) -> None:
        """Forget the token; raises KeyStoreLocked where one may remain."""
        with self._lock:
            self._here.pop(name, None)
        try:
            self._store.delete(name)
        except KeyStoreMissing:
            return
