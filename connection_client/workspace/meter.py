# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Stops a download that nobody attends to when its network becomes metered, or the battery empties."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from connection_client.domain.progress import Phase, Progress
from connection_client.updates.context import Surroundings

_EVERY_SECONDS = 3.0  # between two questions to the system


@dataclass
class Meter:
    """Passes progress on to `on_progress`, and asks for the `surroundings` between blocks.

    `stop` ends the download; `ran_out` says afterwards that this was why.
    """

    surroundings: Callable[[], Surroundings]
    on_progress: Callable[[Progress], None]
    stop: threading.Event
    ran_out: bool = False
    _asked: float = field(default=0.0, init=False)

    def tell(self, progress: Progress) -> None:
        """What the download reports to."""
        self.on_progress(progress)
        now = time.monotonic()
        if progress.phase is not Phase.DOWNLOADING or now - self._asked < _EVERY_SECONDS:
            return
        self._asked = now
        around = self.surroundings()
        if around.metered or around.on_battery:
            self.ran_out = True
            self.stop.set()
