# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The broker's door on Windows: a named pipe of this person, with the conversation that every system has."""

import asyncio
import sys
import threading
from contextlib import suppress

from connection_client.broker.connections import Connections
from connection_client.broker.conversation import STREAM_LIMIT, Conversation, Limits
from connection_client.broker.methods import Methods
from connection_client.broker.peers import CallRate, Peer
from connection_client.broker.workers import Workers

if sys.platform == "win32":
    from asyncio import windows_utils

    from connection_client.system.windows_overlapped import close_handle
    from connection_client.system.windows_pipe import PipeListener, peer_process, pipe_name
    from connection_client.system.windows_processes import program_of

PIPE = "broker"
MOST_CONNECTIONS = 500
_WORKERS = 8


class PipeBrokerServer:
    """As `broker.server.BrokerServer`: every error of a caller ends that caller's connection only."""

    def __init__(
        self,
        methods: Methods,
        *,
        name: str = PIPE,
        limits: Limits | None = None,
        rate: CallRate | None = None,
        most_connections: int = MOST_CONNECTIONS,
    ) -> None:
        self._methods, self._name = methods, name
        self._limits, self._rate = limits or Limits(), rate or CallRate()
        self._connections = Connections(most_connections)
        self._threads: list[threading.Thread] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        if sys.platform == "win32":
            self._listener: PipeListener | None = None

    def start(self) -> None:
        """Listen; raises PermissionError where another program has taken the name."""
        if sys.platform == "win32":
            self._listener = PipeListener(pipe_name(self._name))
            ready = threading.Event()
            loop = asyncio.ProactorEventLoop()
            self._loop = loop

            def serve() -> None:
                asyncio.set_event_loop(loop)
                loop.call_soon(ready.set)
                loop.run_forever()
                loop.run_until_complete(self._end_all())
                loop.close()

            for work in (serve, self._accept):
                thread = threading.Thread(target=work, name="broker", daemon=True)
                self._threads.append(thread)
                thread.start()
                ready.wait()

    def stop(self) -> None:
        """End all connections and take the pipe away."""
        if sys.platform == "win32" and self._listener is not None and self._loop is not None:
            self._listener.stop()
            with suppress(RuntimeError):  # it has ended already
                self._loop.call_soon_threadsafe(self._loop.stop)
            for thread in self._threads:
                thread.join(timeout=5)
            self._listener = self._loop = None
            self._threads.clear()

    async def _end_all(self) -> None:
        tasks = list(self._connections.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _accept(self) -> None:
        if sys.platform == "win32":
            listener, loop = self._listener, self._loop
            if listener is None or loop is None:
                return
            workers = Workers(_WORKERS)
            conversation = Conversation(self._methods, workers, self._rate, self._limits)
            while (handle := listener.accept()) is not None:
                try:
                    loop.call_soon_threadsafe(self._adopt, handle, conversation)
                except RuntimeError:  # the loop was closed meanwhile
                    close_handle(handle)
            workers.close()

    if sys.platform == "win32":

        def _adopt(self, handle: int, conversation: Conversation) -> None:
            """Make streams of a connected pipe."""
            loop = asyncio.get_running_loop()
            process = peer_process(handle)
            reader = asyncio.StreamReader(limit=STREAM_LIMIT, loop=loop)

            async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                peer = Peer(process, 0, program_of(process))
                await self._connections.hold(conversation, lambda: peer, reader, writer)

            protocol = asyncio.StreamReaderProtocol(reader, serve, loop=loop)
            # WORKAROUND: asyncio's own pipe server opens its pipes to everybody and to the network
            # (Lib/asyncio/windows_events.py, PipeServer), and has no other door for a pipe that is connected.
            loop._make_duplex_pipe_transport(windows_utils.PipeHandle(handle), protocol)  # type: ignore[attr-defined]  # noqa: SLF001
