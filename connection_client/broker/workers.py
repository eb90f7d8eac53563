# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A few daemon threads for calls that may block: a hanging one stops neither the others nor the exit."""

import asyncio
import queue
import threading
from collections.abc import Callable
from functools import partial
from typing import TypeVar

T = TypeVar("T")


class Workers:
    """Runs functions off the event loop, on up to `count` threads that are started as needed."""

    def __init__(self, count: int) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._count = count
        self._threads = 0
        self._unfinished = 0
        self._lock = threading.Lock()

    async def run(self, function: Callable[[], T]) -> T:
        """What `function` returns or raises; cancelling gives up waiting, the function ends by itself."""
        loop = asyncio.get_running_loop()
        outcome: asyncio.Future[T] = loop.create_future()

        def job() -> None:
            try:
                result = function()
            except BaseException as error:  # noqa: BLE001  # it is raised again where it was asked for
                self._tell(loop, partial(_fail, outcome, error))
            else:
                self._tell(loop, partial(_succeed, outcome, result))

        self.start(job)
        return await outcome

    def start(self, function: Callable[[], None]) -> None:
        """Run `function`, which raises nothing, behind; nobody waits for it."""
        with self._lock:
            self._unfinished += 1
            starts = self._unfinished > self._threads and self._threads < self._count
            self._threads += starts
            number = self._threads
        self._jobs.put(function)
        if starts:
            threading.Thread(target=self._work, name=f"broker-{number}", daemon=True).start()

    def close(self) -> None:
        """Let idle threads end, and busy ones as soon as they are done."""
        for _ in range(self._count):
            self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
            with self._lock:
                self._unfinished -= 1

    def _tell(self, loop: asyncio.AbstractEventLoop, tell: Callable[[], None]) -> None:
        try:
            loop.call_soon_threadsafe(tell)
        except RuntimeError:  # the loop was closed meanwhile; nobody waits any more
            return


def _fail(outcome: "asyncio.Future[T]", error: BaseException) -> None:
    if not outcome.done():
        outcome.set_exception(error)


def _succeed(outcome: "asyncio.Future[T]", result: T) -> None:
    if not outcome.done():
        outcome.set_result(result)
