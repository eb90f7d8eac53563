# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Who has asked: shown to the person, and written to the log once for each process."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime

from connection_client.broker.peers import Peer
from connection_client.domain.consents import Caller

_MOST = 50  # programs; those that asked longest ago are let go
_LOG = logging.getLogger(__name__)


class Callers:
    """Safe for several threads."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._clock = clock
        self._known: OrderedDict[str, Caller] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, peer: Peer, method: str) -> bool:
        """Count one call; True where it is worth a line in the log."""
        with self._lock:
            before = self._known.pop(peer.program, None)
            calls = before.calls + 1 if before else 1
            self._known[peer.program] = Caller(peer.program, peer.process, method, calls, self._clock())
            if len(self._known) > _MOST:
                self._known.popitem(last=False)
        return before is None or before.process != peer.process

    def seen(self) -> tuple[Caller, ...]:
        """The programs that asked since this client was started, the last one first."""
        with self._lock:
            return tuple(reversed(self._known.values()))


def log(peer: Peer, method: str) -> None:
    """Write the line; the disk may take its time."""
    _LOG.info("Process %d, %s, asks for %s.", peer.process, peer.program or "unknown", method)
