# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""One end of a pair of pipes: calls what is on the other side, and serves what is on this one."""

import itertools
import logging
import queue
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import BinaryIO

from connection_client.domain.errors import ClientError
from connection_client.rpc.wire import (
    Call,
    Done,
    Exported,
    Failed,
    Message,
    Signal,
    Told,
    WasSet,
    WireError,
    packed,
    read,
)

_SIGNAL_SECONDS = 0.1  # how late the other side may hear that a person cancelled
_log = logging.getLogger(__name__)


class OtherSideGone(Exception):
    """The other process ended before it answered."""


class NotSent(OtherSideGone):
    """It had gone before it was asked anything."""


class OtherSideFailed(Exception):
    """What was called raised an error that is none of ours; its words come along."""


class Channel:
    """Safe for several threads. `targets` are what the other side may call, by name.

    Functions and events among the arguments stay here: the other side gets something that calls back.
    """

    def __init__(self, reader: BinaryIO, writer: BinaryIO, targets: Mapping[str, object]) -> None:
        self._reader, self._writer, self._targets = reader, writer, targets
        self._numbers = itertools.count()
        self._writing = threading.Lock()
        self._waiting: dict[int, queue.SimpleQueue[Done | Failed | None]] = {}
        self._exported: dict[str, Callable[..., object]] = {}
        self._signals: dict[str, threading.Event] = {}
        self._state = threading.Lock()
        self._gone = False

    @property
    def gone(self) -> bool:
        """Whether the other side has gone, so that every call would say so."""
        return self._gone

    def serve(self) -> None:
        """Answer calls, each on a thread of its own, until the other side has gone; closes both pipes."""
        try:
            while (message := read(self._reader)) is not None:
                self._take(message)
        except WireError as error:
            _log.error("the other process is not listened to any more: %s", error)
        finally:
            with self._state:
                self._gone = True
                waiting = tuple(self._waiting.values())
            for answers in waiting:
                answers.put(None)
            for end in (self._reader, self._writer):
                with suppress(OSError):
                    end.close()

    def call(
        self, target: str, method: str, arguments: tuple[object, ...], named: Mapping[str, object]
    ) -> object:
        """The value; raises what was raised there: a ClientError or OtherSideFailed; else OtherSideGone."""
        number = next(self._numbers)
        answers: queue.SimpleQueue[Done | Failed | None] = queue.SimpleQueue()
        with self._state:
            if self._gone:
                raise NotSent
            self._waiting[number] = answers
        try:
            with self._lent(number, arguments) as lent:
                self._send(Call(number, target, method, lent, tuple(named.items())))
                answer = answers.get()
        finally:
            with self._state:
                del self._waiting[number]
        if answer is None:
            raise OtherSideGone
        if isinstance(answer, Done):
            return answer.value
        raise answer.error or OtherSideFailed(answer.words)

    def tell(self, target: str, method: str, *arguments: object) -> None:
        """Call without waiting for anything; whoever has gone does not hear it."""
        with suppress(OtherSideGone, WireError):
            self._send(Told(target, method, arguments))

    # ---- arguments that stay here --------------------------------------------------------------
    @contextmanager
    def _lent(self, number: int, arguments: tuple[object, ...]) -> Iterator[tuple[object, ...]]:
        """The arguments as they are sent; what calls back works until the call has ended."""
        lent: list[object] = []
        names: list[str] = []
        over = threading.Event()
        for place, argument in enumerate(arguments):
            name = f"{number}.{place}"
            if isinstance(argument, threading.Event):
                lent.append(Signal(name))
                watch = threading.Thread(
                    target=self._watch, args=(name, argument, over), name="rpc-signal", daemon=True
                )
                watch.start()
            elif callable(argument) and not isinstance(argument, type):
                self._exported[name] = argument
                names.append(name)
                lent.append(Exported(name))
            else:
                lent.append(argument)
        try:
            yield tuple(lent)
        finally:
            over.set()
            for name in names:
                del self._exported[name]

    def _watch(self, name: str, event: threading.Event, over: threading.Event) -> None:
        while not over.is_set():
            if event.wait(_SIGNAL_SECONDS):
                with suppress(OtherSideGone, WireError):
                    self._send(WasSet(name))
                return

    def _borrowed(self, argument: object) -> object:
        if isinstance(argument, Exported):
            return lambda *arguments: self.call(argument.name, "", arguments, {})
        if isinstance(argument, Signal):
            return self._signals.setdefault(argument.name, threading.Event())
        return argument

    # ---- messages ------------------------------------------------------------------------------
    def _take(self, message: Message) -> None:
        match message:
            case Call():
                threading.Thread(target=self._answer, args=(message,), name="rpc-call", daemon=True).start()
            case Told(target, method, arguments):
                self._hear(target, method, arguments)
            case WasSet(name):
                self._signals.setdefault(name, threading.Event()).set()
            case Done(number) | Failed(number):
                with self._state:
                    answers = self._waiting.get(number)
                if answers is not None:
                    answers.put(message)

    def _hear(self, target: str, method: str, arguments: tuple[object, ...]) -> None:
        function = self._function(target, method)
        try:
            function(*arguments)
        except Exception:  # noqa: BLE001  # nobody waits for it, and the calls of others go on
            _log.exception("%s.%s failed", target, method)

    def _answer(self, call: Call) -> None:
        answer: Done | Failed
        try:
            arguments = [self._borrowed(argument) for argument in call.arguments]
            value = self._function(call.target, call.method)(*arguments, **dict(call.named))
            answer = Done(call.number, value)
        except ClientError as error:
            answer = Failed(call.number, error)
        except Exception as error:  # noqa: BLE001  # it goes to whoever called
            _log.exception("%s.%s failed", call.target, call.method)
            answer = Failed(call.number, None, f"{type(error).__name__}: {error}")
        finally:
            for argument in call.arguments:
                if isinstance(argument, Signal):
                    self._signals.pop(argument.name, None)
        with suppress(OtherSideGone):
            try:
                self._send(answer)
            except WireError as error:
                self._send(Failed(call.number, None, f"the answer cannot be sent: {error}"))

    def _function(self, target: str, method: str) -> Callable[..., object]:
        if not method and target in self._exported:
            return self._exported[target]
        if method.startswith("_") or target not in self._targets:
            raise WireError(f"{target}.{method} is not served")
        found = getattr(self._targets[target], method) if method else self._targets[target]
        if not callable(found):
            raise WireError(f"{target}.{method} cannot be called")
        return found  # type: ignore[no-any-return]  # whatever it is, it can be called

    def _send(self, message: Message) -> None:
        content = packed(message)
        with self._writing:
            try:
                self._writer.write(content)
                self._writer.flush()
            except (OSError, ValueError) as error:  # ValueError: closed by the end of `serve`
                raise NotSent from error
