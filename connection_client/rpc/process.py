# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A process of this program that is started when it is needed, and ends when nobody needs it any more."""

import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import BinaryIO, cast

from connection_client.domain.errors import ClientError
from connection_client.rpc.channel import Channel, NotSent, OtherSideGone

LINGER_SECONDS = 5.0
_END_SECONDS = 2.0
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # of Windows alone


class Process:
    """Safe for several threads. `command` serves calls on its standard input and output.

    `targets` are what it may call back. It ends `linger` seconds after the last call, unless it is awaited.
    """

    def __init__(
        self, command: Sequence[str], targets: Mapping[str, object], linger: float = LINGER_SECONDS
    ) -> None:
        self._command, self._targets, self._linger = tuple(command), targets, linger
        self._lock = threading.Lock()
        self._channel: Channel | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._users = 0
        self._awaited = False
        self._end: threading.Timer | None = None

    def call(
        self, target: str, method: str, arguments: tuple[object, ...], named: Mapping[str, object]
    ) -> object:
        """As Channel.call; starts the process where none runs (OtherSideGone: it could not)."""
        try:
            with self._in_use() as channel:
                return channel.call(target, method, arguments, named)
        except NotSent:
            # One that ended while nobody asked it anything; what was not heard may be asked again.
            with self._in_use() as channel:
                return channel.call(target, method, arguments, named)

    def awaited(self, *, wanted: bool) -> None:
        """Somebody looks on and will want something soon, or does no longer. Not for the UI thread."""
        with self._lock:
            self._awaited = wanted
            if not wanted:
                self._end_later()
                return
        with suppress(OtherSideGone), self._in_use():
            pass

    def close(self) -> None:
        """End it, whatever it does, and wait for that; a later call would start it again."""
        with self._lock:
            if self._end is not None:
                self._end.cancel()
            child = self._child
            self._let_go()
        if child is not None:
            _end(child)

    @contextmanager
    def _in_use(self) -> Iterator[Channel]:
        channel = self._take()
        try:
            yield channel
        finally:
            self._give_back()

    def _take(self) -> Channel:
        with self._lock:
            if self._end is not None:
                self._end.cancel()
                self._end = None
            if (
                self._channel is None
                or self._channel.gone
                or self._child is None
                or self._child.poll() is not None
            ):
                self._let_go()
                self._channel = self._start()
            self._users += 1
            return self._channel

    def _give_back(self) -> None:
        with self._lock:
            self._users -= 1
            self._end_later()

    def _end_later(self) -> None:
        if self._is_idle() and self._channel is not None and self._end is None:
            self._end = threading.Timer(self._linger, self._end_if_idle)
            self._end.daemon = True
            self._end.start()

    def _end_if_idle(self) -> None:
        with self._lock:
            self._end = None
            if self._is_idle():
                self._let_go()

    def _is_idle(self) -> bool:
        return self._users == 0 and not self._awaited

    def _start(self) -> Channel:
        try:
            child = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, creationflags=_NO_WINDOW
            )
        except OSError as error:
            raise OtherSideGone from error
        reader, writer = cast("BinaryIO", child.stdout), cast("BinaryIO", child.stdin)
        channel = Channel(reader, writer, self._targets)
        threading.Thread(target=_follow, args=(channel, child), name="rpc", daemon=True).start()
        self._child = child
        return channel

    def _let_go(self) -> None:
        """Its input ends, which ends it."""
        child, self._child, self._channel = self._child, None, None
        if child is not None and child.stdin is not None:
            with suppress(OSError):
                child.stdin.close()


def _follow(channel: Channel, child: "subprocess.Popen[bytes]") -> None:
    """Take its answers until it ends, and the process itself after that."""
    channel.serve()
    _end(child)


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Wait for it to end, which it does by itself, or end it."""
    try:
        child.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


class Remote:
    """Stands for an object in that process: its public methods are calls of it, never for the UI thread.

    `gone` makes the error that a caller of this object understands, for a process that ended in the middle.
    """

    def __init__(self, process: Process, target: str, gone: Callable[[], ClientError]) -> None:
        self._process, self._target, self._gone = process, target, gone

    def __getattr__(self, method: str) -> Callable[..., object]:
        if method.startswith("_"):
            raise AttributeError(method)

        def call(*arguments: object, **named: object) -> object:
            try:
                return self._process.call(self._target, method, arguments, named)
            except OtherSideGone as error:
                raise self._gone() from error

        return call
