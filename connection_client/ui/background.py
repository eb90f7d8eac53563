# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The one way off the main thread: a job runs on a daemon thread, its answer comes back as one signal."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

_LOG = logging.getLogger(__name__)
_THREADS = 8  # some wait long: for a browser, an installer, the key store
T = TypeVar("T")


def _log(error: Exception) -> None:
    _LOG.warning("a job in the background ended with %r", error)


class Background(QObject):
    """Up to eight daemon threads, started as needed; a hanging job never keeps the program from ending.

    It must outlive the widgets that use it. After `close` every late answer is dropped.
    """

    _answered = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: SimpleQueue[
            tuple[Callable[[], Any], Callable[[Any], None], Callable[[Exception], None]]
        ] = SimpleQueue()
        self._threads = 0
        self._unfinished = 0
        self._lock = threading.Lock()
        self._posting = threading.RLock()  # what is collected meanwhile may post as well
        self._closed = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        job: Callable[[], T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] = _log,
    ) -> None:
        """Run `job` on a worker; `on_done` or `on_error` is called with its outcome on the main thread."""
        with self._lock:
            self._unfinished += 1
            starts = self._unfinished > self._threads and self._threads < _THREADS
            self._threads += starts
            number = self._threads
        self._jobs.put((job, on_done or (lambda _: None), on_error))
        if starts:
            threading.Thread(target=self._work, name=f"background-{number}", daemon=True).start()

    def post(self, callback: Callable[[T], None], value: T) -> None:
        """Call `callback(value)` on the main thread; may be called on any thread."""
        with self._posting:
            if not self._closed:
                self._answered.emit(callback, value)

    def close(self) -> None:
        """Drop every answer that comes from now on; no thread is in Qt for this object when it returns."""
        with self._posting:
            self._closed = True

    def _work(self) -> None:
        while True:
            job, on_done, on_error = self._jobs.get()
            try:
                self.post(on_done, job())
            except Exception as error:  # noqa: BLE001  # whatever it is, it belongs to the one who asked
                self.post(on_error, error)
            with self._lock:
                self._unfinished -= 1

    @Slot(object, object)
    def _deliver(self, callback: Callable[[object], None], value: object) -> None:
        if not self._closed:
            callback(value)
