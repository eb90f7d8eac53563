# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Whether the person may use a product: a known yes at once, a no only after the Center was asked."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from connection_client.domain.accounts import Account, SessionState, SessionStatus
from connection_client.domain.entitlements import Entitlement, Refusal
from connection_client.domain.errors import ClientError, FolderNotWritable, NotSignedIn
from connection_client.domain.launch_errors import StillStarting
from connection_client.launch.held import Held
from connection_client.launch.ports import EntitlementCache, EntitlementSource

_YES_IS_FRESH = timedelta(minutes=10)  # after that a yes is still given at once, and confirmed behind it
_PAUSE = 5.0  # seconds between two questions to the Center
_LOG = logging.getLogger(__name__)


class Entitlements:
    """Safe for several threads; the Center is asked by one of them at a time."""

    def __init__(
        self,
        source: EntitlementSource,
        cache: EntitlementCache,
        state: Callable[[], SessionState],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._source, self._cache, self._state, self._clock = source, cache, state, clock
        self._held: Held | None = None
        self._listeners: list[Callable[[], None]] = []
        self._asking = threading.RLock()
        self._keeping = threading.Lock()  # what is held and its file change together
        self._behind = threading.Lock()  # held by the one thread that sees to what was said at once
        self._asked_at = -_PAUSE

    def of(self, product_id: str) -> Entitlement | None:
        """What is known now, without asking anybody; None where the Center never answered this account."""
        account = self._account()
        if account is None:
            return None
        held = self._hold(account)
        return None if held.answers is None else held.judged(product_id, self._clock())

    def answer(self, product_id: str, version: str = "", level: int = 0) -> Entitlement:  # noqa: ARG002  # a licence holds for all versions
        """The answer for an application: a yes at once; a no is confirmed first, if the Center can be asked.

        `level` is the level of features that the application wants to offer. Raises StillStarting while it is
        not known who is signed in.
        """
        account = self._account()
        if account is None:
            return self._of_nobody(product_id)
        known = self._hold(account).judged(product_id, self._clock(), level)
        if known.entitled:
            self._see_to(known, account)
            return known
        self._try_to_refresh()
        return self._hold(account).judged(product_id, self._clock(), level)

    def at_once(self, product_id: str, level: int = 0) -> Entitlement | None:
        """What `answer` would say, where that is known: waits for no lock, no disk and no network.

        None where `answer` has to be asked: nothing was read from the disk yet, or it would be a no, which is
        confirmed first. Raises StillStarting as `answer` does.
        """
        account = self._account()
        if account is None:
            return self._of_nobody(product_id)
        held = self._held
        if held is None or not held.is_of(account):
            return None
        known = held.judged(product_id, self._clock(), level)
        if not known.entitled:
            return None
        self._see_to(known, account)
        return known

    def refresh(self) -> None:
        """Ask the Center now; raises NetworkError, SignInError, KeyStoreError, NoCenterConfigured."""
        account = self._account()
        if account is None:
            raise NotSignedIn
        with self._asking:
            self._asked_at = time.monotonic()
            try:
                kept = self._hold(account)
                answers = self._source.fetch(
                    account, kept.answers if kept.may_be_kept(self._clock()) else None
                )
            finally:
                self._asked_at = time.monotonic()  # who waited for this outcome does not ask again
            fresh, before = Held(account, answers, self._source.check(answers, account)), self._held
            if not self._keep(fresh):
                return
        if not fresh.says_the_same_as(before):
            for listener in tuple(self._listeners):
                listener()

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener`, on any thread, when the Center has said something else than before."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def follow(self, state: SessionState) -> None:
        """Take notice of a new state of the session: whoever signs out leaves nothing here."""
        if state.status is not SessionStatus.SIGNED_OUT or state.problem is not None:
            return
        with self._keeping:
            held, self._held = self._held, None
            if held is not None:
                self._cache.forget(held.account)

    def _of_nobody(self, product_id: str) -> Entitlement:
        state = self._state()
        if state.status is SessionStatus.UNKNOWN and state.problem is None:
            raise StillStarting
        return Entitlement(product_id, entitled=False, reason=Refusal.NOT_SIGNED_IN)

    def _account(self) -> Account | None:
        """Whose entitlements count; while the key store is locked, those of the last person still do."""
        state = self._state()
        alive = state.status is SessionStatus.SIGNED_IN or (
            state.status is SessionStatus.UNKNOWN and state.problem is not None
        )
        return state.account if alive else None

    def _hold(self, account: Account) -> Held:
        held = self._held
        if held is None or not held.is_of(account):
            answers = self._cache.load(account)
            read = Held(account, answers, self._source.check(answers, account) if answers else {})
            with self._keeping:
                if self._held is held:  # nobody has brought newer ones meanwhile
                    self._held = read
                held = self._held
            if held is None or not held.is_of(account):
                return read
        return self._marked(held)

    def _marked(self, held: Held) -> Held:
        """Keep the latest time that the clock has shown."""
        now = self._clock()
        if not held.mark_is_due(now):
            return held
        marked = held.marked(now)
        with self._keeping:
            if self._held is held:  # else the Center has answered meanwhile, or nobody is signed in
                self._save(marked)
        return marked

    def _keep(self, fresh: Held) -> bool:
        """Hold and save what the Center said; False where its person has signed out meanwhile."""
        with self._keeping:
            account = self._account()
            if account is None or not fresh.is_of(account):
                return False
            self._save(fresh)
        return True

    def _save(self, held: Held) -> None:
        self._held = held
        if held.answers is not None:
            with suppress(FolderNotWritable):  # they hold for this session all the same
                self._cache.save(held.account, held.answers)

    def _see_to(self, known: Entitlement, account: Account) -> None:
        """Confirm an old yes, and keep the clock's reading, behind the answer: on one thread at a time."""
        now, held = self._clock(), self._held
        age = now - known.confirmed_at if known.confirmed_at else _YES_IS_FRESH
        asks = age >= _YES_IS_FRESH and self._may_ask()
        marks = held is not None and held.mark_is_due(now)
        if not (asks or marks) or not self._behind.acquire(blocking=False):
            return

        def work() -> None:
            try:
                self._hold(account)
                if asks:
                    self._try_to_refresh()
            finally:
                self._behind.release()

        threading.Thread(target=work, name="entitlements", daemon=True).start()

    def _try_to_refresh(self) -> None:
        """Ask the Center, or wait for the answer that another thread has just asked for."""
        with self._asking:
            if not self._may_ask():
                return
            try:
                self.refresh()
            except ClientError as error:
                _LOG.info("The Center did not confirm the entitlements: %s", error)

    def _may_ask(self) -> bool:
        return time.monotonic() - self._asked_at >= _PAUSE
