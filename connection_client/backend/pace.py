# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""How fast a download runs: the rate that people are shown, and the limit that they set."""

import threading
import time
from collections import deque

from connection_client.domain.progress import Phase, Progress

_WINDOW_SECONDS = 5.0
_SHORTEST_SECONDS = 0.3  # a rate of less would be that of a buffer
_TELL_EVERY = 0.1  # seconds; a window cannot show more


class Pace:
    """Counts bytes of one download; `limit` is in bytes a second, 0 means none."""

    def __init__(self, done: int, total: int, limit: int = 0) -> None:
        self._total = total
        self._limit = limit
        self._began = time.monotonic()
        self._fetched = 0
        self._told = 0.0
        self._moments: deque[tuple[float, int]] = deque([(self._began, done)])

    def progress(self, done: int) -> Progress | None:
        """What to show now; None where something was shown a moment ago."""
        now = time.monotonic()
        if now - self._told < _TELL_EVERY and done < self._total:
            return None
        self._told = now
        self._moments.append((now, done))
        while len(self._moments) > 2 and now - self._moments[0][0] > _WINDOW_SECONDS:  # noqa: PLR2004  # two make a rate
            self._moments.popleft()
        then, before = self._moments[0]
        span = now - then
        rate = max(done - before, 0) / span if span >= _SHORTEST_SECONDS else 0.0
        left = (self._total - done) / rate if rate > 0 else None
        return Progress(Phase.DOWNLOADING, done, self._total, rate, left)

    def hold(self, fetched: int, cancelled: threading.Event) -> None:
        """Wait as long as the limit asks for after `fetched` more bytes."""
        self._fetched += fetched
        if self._limit > 0:
            early = self._fetched / self._limit - (time.monotonic() - self._began)
            if early > 0:
                cancelled.wait(min(early, 5.0))
