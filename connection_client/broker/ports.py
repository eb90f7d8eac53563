# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What tokens for applications need from outside: the Center, and a place where consent is kept."""

from typing import Protocol

from connection_client.domain.accounts import Account
from connection_client.domain.consents import ApplicationToken, Consent


class TokenSource(Protocol):
    """The Center, which knows the registered applications."""

    def name(self, audience: str) -> str:
        """The name of the application; raises ApplicationNotRegistered, NetworkError, NotSignedIn."""
        ...

    def fetch(self, audience: str) -> ApplicationToken:
        """A fresh token; raises ApplicationNotRegistered, NetworkError, NotSignedIn, KeyStoreError."""
        ...


class Consents(Protocol):
    """What was agreed to, kept beyond the process."""

    def of(self, account: Account) -> tuple[Consent, ...]:
        """All of an account, newest first."""
        ...

    def add(self, consent: Consent) -> None:
        """Keep one; raises FolderNotWritable."""
        ...

    def remove(self, consent: Consent) -> None:
        """Forget one; raises FolderNotWritable."""
        ...
