# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""One connection from its first line to its end, with a limit on everything a caller can stretch."""

import asyncio
import logging
from dataclasses import dataclass
from functools import partial

from connection_client.broker import callers
from connection_client.broker.changes import Subscription
from connection_client.broker.messages import (
    LONGEST_LINE,
    Code,
    Refused,
    Request,
    answer_line,
    notification_line,
    read_request,
    refusal_line,
)
from connection_client.broker.methods import Methods, Result
from connection_client.broker.peers import CallRate, Peer
from connection_client.broker.workers import Workers

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """Seconds: between two lines, for one line to end, for an answer to be made, for it to be taken."""

    idle: float = 60.0
    line: float = 10.0
    answer: float = 30.0
    taking: float = 5.0


class Conversation:
    """Reads requests and writes answers, one after the other."""

    def __init__(self, methods: Methods, workers: Workers, rate: CallRate, limits: Limits) -> None:
        self._methods, self._workers, self._rate, self._limits = methods, workers, rate, limits

    async def hold(self, peer: Peer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve until the caller leaves or breaks a rule."""
        subscription: Subscription | None = None
        telling: asyncio.Task[None] | None = None
        idle: float | None = self._limits.idle
        try:
            while (line := await self._next_line(reader, writer, idle)) is not None:
                try:
                    request = self._admitted(peer, line)
                    if request.method == "subscribe" and subscription is None:
                        subscription = Subscription(self._methods.changes)
                        telling = asyncio.create_task(self._tell(subscription, writer))
                        idle = None  # who waits for news may be silent for as long as it likes
                    answer = await self._answer(peer, request)
                except Refused as refused:
                    answer = refusal_line(refused)
                if answer:
                    await self._send(writer, answer)
                await asyncio.sleep(0)  # whoever sends many lines at once does not make others wait
        finally:
            if subscription is not None and telling is not None:
                subscription.close()
                telling.cancel()

    async def _tell(self, subscription: Subscription, writer: asyncio.StreamWriter) -> None:
        """Send news until the connection is over; who does not take them is cut off."""
        try:
            while True:
                for what in await subscription.next():
                    await self._send(writer, notification_line("changed", {"what": what}))
        except (OSError, TimeoutError):
            writer.transport.abort()

    async def _next_line(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, idle: float | None
    ) -> bytes | None:
        """The next line, or None where the connection is over."""
        try:
            async with asyncio.timeout(idle):
                first = await reader.read(1)
        except TimeoutError:
            return None
        if not first:
            return None
        if first == b"\n":
            return first
        try:
            async with asyncio.timeout(self._limits.line):
                return first + await reader.readuntil(b"\n")
        except asyncio.IncompleteReadError:
            return None
        except asyncio.LimitOverrunError:
            await self._send(writer, refusal_line(Refused(Code.LINE_TOO_LONG)))
        except TimeoutError:
            await self._send(writer, refusal_line(Refused(Code.TOO_SLOW)))
        return None

    def _admitted(self, peer: Peer, line: bytes) -> Request:
        allowed = self._rate.allows(peer.process)
        request = read_request(line)
        if not allowed:
            raise Refused(Code.BUSY, request.request_id)
        _LOG.debug("%s by process %d, %s", request.method[:40], peer.process, peer.program)
        return request

    async def _answer(self, peer: Peer, request: Request) -> bytes:
        try:
            result = await self._call(peer, request)
        except Refused as refused:
            refused.request_id = request.request_id
            raise
        return answer_line(request, result) if request.wants_answer else b""

    async def _call(self, peer: Peer, request: Request) -> Result:
        try:
            if self._methods.note(request.method, peer):
                self._workers.start(partial(callers.log, peer, request.method))
            known = self._methods.at_once(request.method, request.parameters, peer)
            if known is not None:
                return known
            async with asyncio.timeout(self._limits.answer):
                return await self._workers.run(
                    lambda: self._methods.call(request.method, request.parameters, peer)
                )
        except TimeoutError as error:
            raise Refused(Code.BUSY) from error
        except Refused:
            raise
        except Exception as error:
            _LOG.exception("%s failed", request.method[:40])
            raise Refused(Code.INTERNAL) from error

    async def _send(self, writer: asyncio.StreamWriter, line: bytes) -> None:
        """Raises TimeoutError where the caller does not take its answers."""
        writer.write(line)
        if not writer.transport.get_write_buffer_size():
            return
        async with asyncio.timeout(self._limits.taking):
            await writer.drain()


# The stream counts neither the first byte, which was read before, nor the line end.
STREAM_LIMIT = LONGEST_LINE - 2
