# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What answers need from outside: licences, the Center's registered applications, a place for consent."""

from typing import Protocol

from connection_client.domain.accounts import Account
from connection_client.domain.consents import ApplicationToken, Consent
from connection_client.domain.entitlements import Entitlement


class Licences(Protocol):
    """Whether the person may use a product; both raise StillStarting while it is not known who that is."""

    def answer(self, product_id: str, version: str = "", level: int = 0) -> Entitlement:
        """The answer, which may take some seconds: a no is confirmed first."""
        ...

    def at_once(self, product_id: str, level: int = 0) -> Entitlement | None:
        """The same where it is known without waiting for anything, else None."""
        ...


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
