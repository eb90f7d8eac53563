# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What launching needs from outside: the Center's signed answers, a place to keep them, and programs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from connection_client.domain.accounts import Account
from connection_client.domain.entitlements import Entitlement
from connection_client.domain.installed import InstalledProduct, LaunchTarget


@dataclass(frozen=True)
class SignedAnswers:
    """What the Center said of one account, still signed: a token (JWT) for each product.

    `keys` is the JWK set that checks them; `confirmed_at` is when it was asked, `latest` the latest time
    that this computer's clock has shown since, both aware. `etag` is the Center's name for these answers.
    """

    confirmed_at: datetime
    latest: datetime
    keys: str = field(repr=False)
    tokens: Mapping[str, str] = field(repr=False)
    etag: str = ""


class EntitlementSource(Protocol):
    """The Center, and the check of what it signs."""

    def fetch(self, account: Account, kept: SignedAnswers | None = None) -> SignedAnswers:
        """Ask the Center whether anything is new since `kept`, or for all where that is None.

        Raises NetworkError, NotSignedIn, SessionEnded, KeyStoreError.
        """
        ...

    def check(self, answers: SignedAnswers, account: Account) -> Mapping[str, Entitlement]:
        """The answers whose signature and claims fit `account`; the others are left out, and logged."""
        ...


class EntitlementCache(Protocol):
    """Answers that outlive the process."""

    def load(self, account: Account) -> SignedAnswers | None:
        """What was kept for the account; None where nothing is there or it cannot be read."""
        ...

    def save(self, account: Account, answers: SignedAnswers) -> None:
        """Keep; raises FolderNotWritable."""
        ...

    def forget(self, account: Account) -> None:
        """Remove what was kept, if anything."""
        ...


class LaunchLog(Protocol):
    """What was started last, kept beyond the process."""

    def last_version(self, product_id: str) -> str:
        """The version that was started last; empty where none was."""
        ...

    def started(self, product_id: str, version: str) -> None:
        """Keep that it was started now; raises FolderNotWritable."""
        ...

    def recent(self) -> tuple[str, ...]:
        """The ids of products, the last one first."""
        ...


class Windows(Protocol):
    """The windows of running applications."""

    def bring_to_front(self, installed: InstalledProduct) -> bool:
        """Show the window of a running one; False where none runs or the system does not allow it."""
        ...


class Programs(Protocol):
    """The operating system's way to start a program."""

    def start(self, name: str, target: LaunchTarget, files: tuple[Path, ...]) -> None:
        """Start detached; returns when it has run for a moment.

        Raises ApplicationMissing, ApplicationIncomplete, ApplicationForOtherComputer, ApplicationExited.
        """
        ...
