# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""How fast a download runs: the rate that people are shown, and the limit that they set."""

import threading
import time
from collections import deque
from collections.abc import Callable

from connection_client.domain.progress import Phase, Progress

_WINDOW_SECONDS = 5.0
_SHORTEST_SECONDS = 0.3  # a rate of less would be that of a buffer
_ASK_EVERY = 0.5  # seconds; settings lie on a disk, and blocks come by the thousand
_TELL_EVERY = 0.1  # seconds; a window cannot show more


class Pace:
    """Counts bytes of one download; `limit` gives bytes a second, 0 for none, and may change on the way."""

    def __init__(self, done: int, total: int, limit: Callable[[], int] = lambda: 0) -> None:
        self._total = total
        self._limit = limit
        self._asked = 0.0
        self._holding = 0
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
        """Wait as long as the limit asks for after `fetched` more bytes; one that is raised ends the wait."""
        self._fetched += fetched
        while not cancelled.is_set() and (early := self._early()) > 0:
            cancelled.wait(min(early, _ASK_EVERY))

    def _early(self) -> float:
        """Seconds by which the bytes are ahead of the limit."""
        now = time.monotonic()
        if now - self._asked >= _ASK_EVERY:
            self._asked = now
            limit = self._limit()
            if limit != self._holding:  # what came under another limit does not count
                self._holding, self._began, self._fetched = limit, now, 0
        return self._fetched / self._holding - (now - self._began) if self._holding > 0 else 0.0
