# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Notices while the client runs that something was installed or removed by others."""

import logging
import threading

from connection_client.workspace.workspace import Workspace

_log = logging.getLogger(__name__)


class Watch:
    """Looks at the times of what detection reads; a look costs microseconds, and three wake-ups a minute."""

    def __init__(self, workspace: Workspace, seconds: float = 20.0) -> None:
        self._workspace = workspace
        self._seconds = seconds
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        """Begin, on a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """End; a look that is under way may end later."""
        self._over.set()

    def _run(self) -> None:
        while not self._over.wait(self._seconds):
            try:
                self._workspace.look_if_changed()
            except Exception:  # noqa: BLE001  # whatever it was, it is logged
                # The next look may succeed; a person who waits for news is not helped by none at all.
                _log.exception("what is installed could not be looked at")
