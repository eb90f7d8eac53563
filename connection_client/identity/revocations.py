# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Tokens of sessions that were left (RFC 7009): put aside, and revoked when there is a network."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from connection_client.domain.accounts import Account
from connection_client.domain.errors import ClientError, FolderNotWritable, NetworkError
from connection_client.domain.key_store_errors import KeyStoreError, KeyStoreLocked, KeyStoreMissing
from connection_client.identity.ports import AccountCache, Provider, Revocation
from connection_client.identity.refresh_tokens import RefreshTokens, token_name


class Revocations:
    """The list of what waits is on disk, the tokens themselves never are."""

    def __init__(self, provider: Provider, tokens: RefreshTokens, cache: AccountCache) -> None:
        self._provider, self._tokens, self._cache = provider, tokens, cache

    def put_aside(self, account: Account) -> None:
        """Take the account's token out of use; it waits under another name until it is revoked."""
        waiting = Revocation(account.issuer, f"to revoke {os.urandom(8).hex()}")
        try:
            token = self._tokens.get(token_name(account))
            if token:
                # Listed first, so that a process killed here leaves nothing that nobody looks for.
                self._list(waiting)
                self._tokens.keep(waiting.name, token)
            self._tokens.drop(token_name(account))
        except KeyStoreLocked:
            self._list(Revocation(account.issuer, token_name(account)))
        except KeyStoreMissing:
            return

    def not_wanted(self, name: str) -> None:
        """The name is in use again: what it holds now is not to be revoked."""
        self._unlist(lambda waiting: waiting.name == name)

    def retry(self) -> None:
        """Revoke what waits; raises nothing, and leaves what could not be done."""
        for waiting in self._cache.load().revocations:
            with suppress(NetworkError, KeyStoreError, FolderNotWritable):
                token = self._tokens.get(waiting.name)
                if token:
                    self._revoke(waiting, token)
                self._tokens.drop(waiting.name)
                self._unlist(waiting.__eq__)

    def _list(self, waiting: Revocation) -> None:
        self._cache.change(lambda kept: replace(kept, revocations=(*kept.revocations, waiting)))

    def _unlist(self, done: Callable[[Revocation], bool]) -> None:
        if any(map(done, self._cache.load().revocations)):
            self._cache.change(
                lambda kept: replace(kept, revocations=tuple(w for w in kept.revocations if not done(w)))
            )

    def _revoke(self, waiting: Revocation, token: str) -> None:
        try:
            self._provider.revoke(waiting.issuer, token)
        except NetworkError:
            raise
        except ClientError:
            return  # the provider does not know the token any more: that is what was wanted
