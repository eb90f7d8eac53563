# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The broker: listens on the socket, on a thread of its own, and answers applications of this user."""

import asyncio
import logging
import os
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

from connection_client.broker import place
from connection_client.broker.connections import Connections
from connection_client.broker.conversation import STREAM_LIMIT, Conversation, Limits
from connection_client.broker.methods import Methods
from connection_client.broker.peers import CallRate, Peer, peer_of
from connection_client.broker.workers import Workers

SOCKET_NAME = "broker.sock"
MOST_CONNECTIONS = 2000
_WORKERS = 8
_LET_IN_AT_ONCE = 64
_LONGEST_END = 3.0  # seconds; it takes some steps of the loop
_LOG = logging.getLogger(__name__)


class BrokerServer:
    """Started and stopped once; every error of a caller ends that caller's connection only."""

    def __init__(
        self,
        folder: Path,
        methods: Methods,
        *,
        limits: Limits | None = None,
        rate: CallRate | None = None,
        most_connections: int | None = None,
    ) -> None:
        self.path = folder / SOCKET_NAME
        self._methods = methods
        self._limits = limits or Limits()
        self._rate = rate or CallRate()
        self._connections = Connections(most_connections or _affordable_connections())
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._ended: asyncio.Event | None = None

    def start(self) -> None:
        """Listen; raises FolderNotWritable. Returns when callers are served."""
        listening = place.listen_at(self.path)
        identity = self.path.lstat()
        ready = threading.Event()

        def serve() -> None:
            try:
                asyncio.run(self._serve(listening, ready))
            finally:
                place.remove(self.path, identity)
                listening.close()
                ready.set()

        self._thread = threading.Thread(target=serve, name="broker", daemon=True)
        self._thread.start()
        ready.wait()

    def stop(self) -> None:
        """End all connections and take the socket away."""
        loop, ended, thread = self._loop, self._ended, self._thread
        if loop is None or ended is None or thread is None:
            return
        with suppress(RuntimeError):  # it has ended already
            loop.call_soon_threadsafe(ended.set)
        thread.join(timeout=5)
        self._loop = self._ended = self._thread = None

    async def _serve(self, listening: socket.socket, ready: threading.Event) -> None:
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        workers = Workers(_WORKERS)
        conversation = Conversation(self._methods, workers, self._rate, self._limits)

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await self._connections.hold(conversation, lambda: _caller(writer), reader, writer)

        server = await asyncio.start_unix_server(
            serve, sock=listening, limit=STREAM_LIMIT, backlog=_LET_IN_AT_ONCE
        )
        # asyncio lets in as many at once as may wait, before any is turned away: both have their own number.
        listening.listen(place.BACKLOG)
        ready.set()
        await self._ended.wait()
        # WORKAROUND: asyncio leaves a connection open that it accepted just before its server was closed
        # (Lib/asyncio/selector_events.py, _accept_connection2), so first nobody is let in any more.
        self._loop.remove_reader(listening)
        await self._end_conversations()
        server.close()
        workers.close()

    async def _end_conversations(self) -> None:
        """End every connection, also those that were let in at this very moment.

        A task that is cancelled before its first step never runs, and would leave its connection open.
        """
        own, deadline = asyncio.current_task(), time.monotonic() + _LONGEST_END
        while asyncio.all_tasks() - {own} and time.monotonic() < deadline:
            for task in list(self._connections.tasks):
                task.cancel()
            await asyncio.sleep(0)


def _caller(writer: asyncio.StreamWriter) -> Peer | None:
    peer = peer_of(writer.get_extra_info("socket"))
    if peer.is_this_user:
        return peer
    _LOG.warning("A process of user %d was turned away.", peer.user)
    return None


def _affordable_connections() -> int:
    """Half of the files that this process may open: the other half is for windows and downloads."""
    if os.name != "posix":
        return MOST_CONNECTIONS
    import resource  # not everywhere

    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else max(64, min(MOST_CONNECTIONS, soft // 2))
