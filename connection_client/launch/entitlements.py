# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Whether the person may use a product: a known yes at once, a no only after the Center was asked."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from connection_client.domain.accounts import Account, SessionState, SessionStatus
from connection_client.domain.entitlements import Entitlement, Refusal
from connection_client.domain.errors import ClientError, FolderNotWritable, NotSignedIn, StillStarting
from connection_client.launch.ports import EntitlementCache, EntitlementSource, SignedAnswers

CLOCK_LEEWAY = timedelta(minutes=5)
_YES_IS_FRESH = timedelta(minutes=10)  # after that a yes is still given at once, and confirmed behind it
_MARK_EVERY = timedelta(minutes=10)  # how often the clock's reading is kept
_PAUSE = 5.0  # seconds between two questions to the Center
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Held:
    """What is known of one account, checked."""

    account: Account
    answers: SignedAnswers | None
    checked: Mapping[str, Entitlement]


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
        self._held: _Held | None = None
        self._listeners: list[Callable[[], None]] = []
        self._asking = threading.RLock()
        self._asked_at = -_PAUSE

    def of(self, product_id: str) -> Entitlement | None:
        """What is known now, without asking anybody; None where the Center never answered this account."""
        account = self._account()
        if account is None:
            return None
        held = self._hold(account)
        return None if held.answers is None else self._judged(held, product_id)

    def answer(self, product_id: str, version: str = "", level: int = 0) -> Entitlement:  # noqa: ARG002  # a licence holds for all versions
        """The answer for an application: a yes at once; a no is confirmed first, if the Center can be asked.

        `level` is the level of features that the application wants to offer. Raises StillStarting while it is
        not known who is signed in.
        """
        account = self._account()
        if account is None:
            state = self._state()
            if state.status is SessionStatus.UNKNOWN and state.problem is None:
                raise StillStarting
            return Entitlement(product_id, entitled=False, reason=Refusal.NOT_SIGNED_IN)
        known = _at_level(self._judged(self._hold(account), product_id), level)
        if known.entitled:
            self._confirm_behind(known)
            return known
        self._try_to_refresh()
        return _at_level(self._judged(self._hold(account), product_id), level)

    def refresh(self) -> None:
        """Ask the Center now; raises NetworkError, SignInError, KeyStoreError, NoCenterConfigured."""
        account = self._account()
        if account is None:
            raise NotSignedIn
        with self._asking:
            self._asked_at = time.monotonic()
            answers = self._source.fetch(account)
            before, checked = self._held, self._source.check(answers, account)
            self._held = _Held(account, answers, checked)
            with suppress(FolderNotWritable):  # they hold for this session all the same
                self._cache.save(account, answers)
        if before is None or _said(before.checked) != _said(checked):
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
        held, self._held = self._held, None
        if held is not None:
            self._cache.forget(held.account)

    def _account(self) -> Account | None:
        """Whose entitlements count; while the key store is locked, those of the last person still do."""
        state = self._state()
        alive = state.status is SessionStatus.SIGNED_IN or (
            state.status is SessionStatus.UNKNOWN and state.problem is not None
        )
        return state.account if alive else None

    def _hold(self, account: Account) -> _Held:
        held = self._held
        if held is None or _key(held.account) != _key(account):
            answers = self._cache.load(account)
            checked = self._source.check(answers, account) if answers else {}
            held = self._held = _Held(account, answers, checked)
        return self._marked(account, held)

    def _marked(self, account: Account, held: _Held) -> _Held:
        """Keep the latest time that the clock has shown, so that setting it back is noticed."""
        now, answers = self._clock(), held.answers
        if answers is None or now - answers.latest < _MARK_EVERY:
            return held
        marked = replace(held, answers=replace(answers, latest=now))
        self._held = marked
        with suppress(FolderNotWritable):
            self._cache.save(account, replace(answers, latest=now))
        return marked

    def _judged(self, held: _Held, product_id: str) -> Entitlement:
        now, answers = self._clock(), held.answers
        if answers is None:
            return Entitlement(product_id, entitled=False, reason=Refusal.NOT_CONFIRMED)
        known = held.checked.get(product_id)
        if known is None:
            missing = Refusal.NOT_CONFIRMED if product_id in answers.tokens else Refusal.NO_LICENCE
            return Entitlement(product_id, False, None, missing, answers.confirmed_at)  # noqa: FBT003  # a field
        if now < answers.latest - CLOCK_LEEWAY or _issued_later(known, now):
            return replace(known, entitled=False, reason=Refusal.CLOCK_WRONG)
        if known.entitled and known.until is not None and known.until <= now:
            return replace(known, entitled=False, reason=Refusal.NOT_CONFIRMED)
        return known

    def _confirm_behind(self, known: Entitlement) -> None:
        age = self._clock() - known.confirmed_at if known.confirmed_at else _YES_IS_FRESH
        if age >= _YES_IS_FRESH and self._may_ask():
            threading.Thread(target=self._try_to_refresh, name="entitlements", daemon=True).start()

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


def _issued_later(known: Entitlement, now: datetime) -> bool:
    return known.confirmed_at is not None and known.confirmed_at > now + CLOCK_LEEWAY


def _at_level(known: Entitlement, level: int) -> Entitlement:
    if not known.entitled or known.level is None or level <= known.level:
        return known
    return replace(known, entitled=False, reason=Refusal.FEATURE_LEVEL)


def _said(checked: Mapping[str, Entitlement]) -> dict[str, tuple[object, ...]]:
    """What a change of is news; that it was confirmed once more is none."""
    return {product: (one.entitled, one.reason, one.level) for product, one in checked.items()}


def _key(account: Account) -> tuple[str, str]:
    return account.issuer, account.subject
