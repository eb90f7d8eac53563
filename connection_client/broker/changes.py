# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Tells subscribed connections what has changed, so that nobody has to ask again and again."""

import asyncio
import threading
from collections.abc import Callable

STATUS, ENTITLEMENT = "status", "entitlement"  # also the methods that give the news


class Changes:
    """Joins the client's services, on any thread, with the connections of the broker."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[str], None]] = []
        self._lock = threading.Lock()

    def publish(self, what: str) -> None:
        """Something else holds than before."""
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(what)

    def subscribe(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """Call `listener`, on any thread; it must not block."""
        with self._lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe


class Subscription:
    """What one connection has not been told yet: of many changes of a kind only one is kept."""

    def __init__(self, changes: Changes) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiting: dict[str, None] = {}
        self._news = asyncio.Event()
        self._unsubscribe = changes.subscribe(self._hear)

    async def next(self) -> tuple[str, ...]:
        """Wait for news."""
        await self._news.wait()
        self._news.clear()
        told = tuple(self._waiting)
        self._waiting.clear()
        return told

    def close(self) -> None:
        """Hear no more."""
        self._unsubscribe()

    def _hear(self, what: str) -> None:
        try:
            self._loop.call_soon_threadsafe(self._keep, what)
        except RuntimeError:  # the loop was closed meanwhile
            return

    def _keep(self, what: str) -> None:
        self._waiting[what] = None
        self._news.set()
