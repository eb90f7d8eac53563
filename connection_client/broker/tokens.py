# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Tokens for the services of registered applications: only for a program that the person agreed to."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from connection_client.broker.messages import Code, Refused
from connection_client.broker.peers import Peer, is_told_apart, program_of
from connection_client.broker.ports import Consents, TokenSource
from connection_client.domain.accounts import Account
from connection_client.domain.consents import ApplicationToken, Consent, Question
from connection_client.domain.errors import NotSignedIn, SessionEnded
from connection_client.domain.launch_errors import ApplicationNotRegistered

_MOST_QUESTIONS = 5
_NO_HOLDS = 600.0  # seconds in which a program that heard no is not asked about again

_Key = tuple[str, str, str, str]  # issuer and subject of the account, audience, program


class Tokens:
    """Safe for several threads; no token is ever kept or logged."""

    def __init__(
        self,
        source: TokenSource,
        kept: Consents,
        account: Callable[[], Account | None],
        running: Callable[[int], str] = program_of,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._source, self._kept, self._account = source, kept, account
        self._running, self._clock = running, clock
        self._questions: dict[_Key, Question] = {}
        self._refused: dict[_Key, float] = {}
        self._listeners: list[Callable[[], None]] = []
        self._lock = threading.Lock()

    def token(self, audience: str, peer: Peer) -> ApplicationToken:
        """A token for `peer`; raises Refused, while the person is being asked and in all other cases."""
        account = self._account()
        if account is None:
            raise Refused(Code.NOBODY_SIGNED_IN)
        # A number may belong to another program by now: the one that connected has to be still the same.
        if not is_told_apart(peer.program) or self._running(peer.process) != peer.program:
            raise Refused(Code.PROGRAM_NOT_KNOWN)
        try:
            if self._agreed(account, audience, peer.program):
                return self._source.fetch(audience)
            self._ask(account, audience, peer)
        except ApplicationNotRegistered as error:
            raise Refused(Code.NOT_REGISTERED) from error
        except (NotSignedIn, SessionEnded) as error:
            raise Refused(Code.NOBODY_SIGNED_IN) from error
        raise Refused(Code.ASKING, retry_after_ms=500)

    def questions(self) -> tuple[Question, ...]:
        """What waits for the signed-in person, oldest first; what others were asked is dropped."""
        account = self._account()
        person = (account.issuer, account.subject) if account else None
        with self._lock:
            self._questions = {key: one for key, one in self._questions.items() if key[:2] == person}
            return tuple(self._questions.values())

    def answer(self, question: Question, *, agreed: bool) -> None:
        """The person's answer; a yes is kept. Raises FolderNotWritable."""
        account = self._account()
        if account is None:
            return
        key = (account.issuer, account.subject, question.audience, question.program)
        with self._lock:
            waited = self._questions.pop(key, None)
            if waited is not None and not agreed:
                self._refused[key] = self._clock() + _NO_HOLDS
        if waited is not None and agreed:
            self._kept.add(
                Consent(
                    account.issuer,
                    account.subject,
                    question.audience,
                    question.name,
                    question.program,
                    datetime.now(UTC),
                )
            )
        self._tell()

    def consents(self) -> tuple[Consent, ...]:
        """What the signed-in person agreed to, newest first."""
        account = self._account()
        return self._kept.of(account) if account is not None else ()

    def withdraw(self, consent: Consent) -> None:
        """No more tokens for that program; raises FolderNotWritable."""
        self._kept.remove(consent)
        self._tell()

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener`, on any thread, when questions or consents have changed."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _agreed(self, account: Account, audience: str, program: str) -> bool:
        known = self._kept.of(account)
        return any((consent.audience, consent.program) == (audience, program) for consent in known)

    def _ask(self, account: Account, audience: str, peer: Peer) -> None:
        key = (account.issuer, account.subject, audience, peer.program)
        with self._lock:
            if self._refused.get(key, 0.0) > self._clock():
                raise Refused(Code.DECLINED)
            if key in self._questions:
                return
            if len(self._questions) >= _MOST_QUESTIONS:
                raise Refused(Code.BUSY)
        name = self._source.name(audience)
        with self._lock:
            self._questions.setdefault(key, Question(audience, name, peer.program, peer.process))
        self._tell()

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()
