# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The connections that are open now: not too many at once, and each with its own troubles only."""

import asyncio
from collections.abc import Callable

from connection_client.broker.conversation import Conversation
from connection_client.broker.messages import Code, Refused, refusal_line
from connection_client.broker.peers import Peer


class Connections:
    """At most `most` are answered at once; `tasks` are what has to be ended with the server."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.tasks: set[asyncio.Task[None]] = set()

    async def hold(
        self,
        conversation: Conversation,
        caller: Callable[[], Peer | None],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        """Answer one caller until it goes; `caller` gives None where nobody is to be answered."""
        task = asyncio.current_task()
        if task is None:
            return
        self.tasks.add(task)
        try:
            peer = caller()
            if peer is not None and len(self.tasks) > self._most:
                writer.write(refusal_line(Refused(Code.BUSY)))
            elif peer is not None:
                await conversation.hold(peer, reader, writer)
        except (OSError, TimeoutError, asyncio.CancelledError):
            writer.transport.abort()
        finally:
            self.tasks.discard(task)
            writer.close()
