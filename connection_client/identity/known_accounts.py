# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The accounts of this person on this computer, one of them active; keyed by issuer and subject."""

from dataclasses import replace

from connection_client.domain.accounts import Account
from connection_client.identity.ports import AccountCache, Remembered
from connection_client.identity.refresh_tokens import token_name


class KnownAccounts:
    """Every change is one step on disk; each may raise FolderNotWritable, SessionBusy."""

    def __init__(self, cache: AccountCache) -> None:
        self._cache = cache

    @property
    def active(self) -> Account | None:
        """Who is signed in, or was last."""
        return self._cache.load().account

    @property
    def others(self) -> tuple[Account, ...]:
        """Who else is signed in here, and can be made active without a password."""
        return self._cache.load().others

    def activate(self, account: Account) -> None:
        """Make this the active account; the one that was active until now is kept among the others."""

        def alter(kept: Remembered) -> Remembered:
            before = () if kept.account is None else (kept.account,)
            others = tuple(other for other in (*before, *kept.others) if not same(other, account))
            return replace(kept, account=account, others=others)

        self._cache.change(alter)

    def update(self, account: Account) -> None:
        """Replace what is known of the active account."""
        self._cache.change(lambda kept: replace(kept, account=account))

    def leave(self) -> None:
        """Nobody is active; the others stay."""
        self._cache.change(lambda kept: replace(kept, account=None))

    def forget(self, account: Account) -> None:
        """Take the account off the others."""

        def alter(kept: Remembered) -> Remembered:
            return replace(kept, others=tuple(other for other in kept.others if not same(other, account)))

        self._cache.change(alter)


def same(one: Account, other: Account) -> bool:
    """Whether both are the same account, whatever its address is now."""
    return token_name(one) == token_name(other)
