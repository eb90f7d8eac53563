# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the Center tells the signed-in person, kept for times without network and for later reading."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from connection_client.domain.accounts import Account, SessionState, SessionStatus
from connection_client.domain.errors import FolderNotWritable
from connection_client.domain.messages import Feed, KeptMessages, Level, Message

_SELDOM = timedelta(hours=7)  # at every second look of a day
_WEIGHT = {Level.CRITICAL: 0, Level.WARNING: 1, Level.INFO: 2}


class MessageSource(Protocol):
    """The Center."""

    def fetch(self, etag: str = "") -> Feed | None:
        """What is told; None where nothing is new since the answer named `etag`.

        Raises NetworkError, SignInError, KeyStoreError.
        """
        ...


class MessageStore(Protocol):
    """Messages that outlive the process."""

    def load(self) -> KeptMessages:
        """What was kept; nothing where that cannot be read."""
        ...

    def change(self, alter: Callable[[KeptMessages], KeptMessages]) -> KeptMessages:
        """Replace what is kept in one step; raises FolderNotWritable."""
        ...


class MessageBoard(Protocol):
    """The messages as the doors see them."""

    def current(self) -> tuple[Message, ...]:
        """What holds now for who is signed in, the weightiest first; may read the disk, asks nobody."""
        ...

    def coming(self) -> tuple[datetime, ...]:
        """The moments at which `current` will be another."""
        ...

    def refresh(self, *, manual: bool = True) -> None:
        """Ask the Center, where a person wants it or some hours have passed.

        Raises NetworkError, SignInError, KeyStoreError, and what was kept stays.
        """
        ...

    def dismiss(self, message_id: str) -> None:
        """The person puts it away; it stays in `current`, marked so."""
        ...


class Messages:
    """Safe for several threads."""

    def __init__(
        self,
        source: MessageSource,
        store: MessageStore,
        account: Callable[[], Account | None],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._source, self._store, self._account, self._clock = source, store, account, clock
        self._held: KeptMessages | None = None
        self._asked: tuple[tuple[str, str], datetime] | None = None
        self._lock = threading.Lock()

    def current(self) -> tuple[Message, ...]:
        """What holds now for who is signed in, the weightiest first, of these the newest."""
        kept, now = self._kept(), self._clock()
        holding = [one for one in kept.feed.messages if one.holds(now)]
        newest = sorted(holding, key=lambda one: one.begins, reverse=True)
        marked = (replace(one, dismissed=one.id in kept.dismissed) for one in newest)
        return tuple(sorted(marked, key=lambda one: _WEIGHT[one.level]))

    def coming(self) -> tuple[datetime, ...]:
        """When one begins or ends, from now on."""
        now = self._clock()
        moments = {moment for one in self._kept().feed.messages for moment in (one.begins, one.ends)}
        return tuple(sorted(moment for moment in moments if moment > now))

    def refresh(self, *, manual: bool = True) -> None:
        """Ask the Center, where somebody is signed in; unless a person wants it, not at every look."""
        account = self._account()
        if account is None:
            return
        now, asked = self._clock(), self._asked
        if not manual and asked and asked[0] == _key(account) and timedelta() <= now - asked[1] < _SELDOM:
            return
        feed = self._source.fetch(self._kept().feed.etag)
        self._asked = _key(account), now
        if feed is None:
            return

        def alter(kept: KeptMessages) -> KeptMessages:
            now = self._account()
            if now is None or _key(now) != _key(account):
                return kept  # it is for somebody who has left meanwhile
            ids = {one.id for one in feed.messages}
            dismissed = tuple(one for one in kept.dismissed if one in ids) if _is_of(kept, account) else ()
            return KeptMessages(*_key(account), feed, dismissed)

        self._change(alter)

    def dismiss(self, message_id: str) -> None:
        """It is held out no longer, now and after a new start."""

        def alter(kept: KeptMessages) -> KeptMessages:
            return replace(kept, dismissed=tuple(dict.fromkeys((*kept.dismissed, message_id))))

        self._change(alter)

    def follow(self, state: SessionState) -> None:
        """Take notice of a new state of the session: whoever signs out leaves nothing here."""
        left = state.status is SessionStatus.SIGNED_OUT and state.problem is None
        if left and (self._held or self._store.load()) != KeptMessages():
            self._change(lambda _kept: KeptMessages())

    def _kept(self) -> KeptMessages:
        account = self._account()
        if account is None:
            return KeptMessages()
        with self._lock:
            if self._held is None:
                self._held = self._store.load()
            return self._held if _is_of(self._held, account) else KeptMessages()

    def _change(self, alter: Callable[[KeptMessages], KeptMessages]) -> None:
        with self._lock:
            self._held = alter(self._held or self._store.load())
            with suppress(FolderNotWritable):  # it holds for this session all the same
                self._held = self._store.change(alter)


class NoMessages:
    """A program that hears none."""

    def current(self) -> tuple[Message, ...]:
        """Nothing."""
        return ()

    def coming(self) -> tuple[datetime, ...]:
        """Never."""
        return ()

    def refresh(self, *, manual: bool = True) -> None:
        """Nobody is asked."""

    def dismiss(self, message_id: str) -> None:
        """There is nothing to put away."""


def _key(account: Account) -> tuple[str, str]:
    return account.issuer, account.subject


def _is_of(kept: KeptMessages, account: Account) -> bool:
    return (kept.issuer, kept.subject) == _key(account)
