# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""When everything is looked at again: by hand, by the clock, after sleep, after an outage."""

from __future__ import annotations

import random
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from connection_client.domain.errors import ClientError, NetworkError
from connection_client.domain.update_settings import CHECK_HOURS

if TYPE_CHECKING:
    from connection_client.ui.background import Background
    from connection_client.workspace.rooms import Rooms
    from connection_client.workspace.view import View

_WAKE_SECONDS = 4.0
_FIRST_RETRY_MINUTES, _LAST_RETRY_MINUTES = 1, 32
_MINUTE_MS = 60_000


class Looking(QObject):
    """One look at a time; `found` gives the view of each that came to its end."""

    busy_changed = Signal()
    found = Signal(object)
    failed = Signal(object)

    def __init__(self, rooms: Rooms, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms, self._background = rooms, background
        self.under_way = False
        self._retry_minutes = _FIRST_RETRY_MINUTES
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self.look)

    def close(self) -> None:
        """Look no more."""
        self._again.stop()

    def look(self, *, manual: bool = False) -> None:
        """Look now, unless one look is under way."""
        if self.under_way:
            return
        self.under_way = True
        self.busy_changed.emit()
        self._background.run(lambda: self._job(manual=manual), self._on_found, self._on_failed)

    def wake(self, _nothing: None = None) -> None:
        """The computer woke up, or its network came back."""
        # Not at once: a network that is just there drops what is asked first, and everybody wakes at nine.
        if not self.under_way:
            self._again.start(round(_WAKE_SECONDS * 1000 * random.uniform(0.5, 1.5)))  # noqa: S311  # jitter

    def _job(self, *, manual: bool) -> View:
        # Whoever signed out without network is signed out at the Center, too, as soon as there is one.
        self._rooms.session.retry_revocations()
        # A role that was granted meanwhile, or an organisation that was joined, unlocks rows.
        with suppress(ClientError):  # the session itself says what is wrong with it
            self._rooms.session.refresh_account()
            self._rooms.messages.refresh(manual=manual)
        return self._rooms.workspace.refresh(manual)

    def _on_found(self, view: View) -> None:
        self.under_way = False
        self.found.emit(view)
        self.busy_changed.emit()
        if isinstance(view.problem, NetworkError):
            self._retry()
            return
        self._retry_minutes = _FIRST_RETRY_MINUTES
        hours = int(str(self._rooms.settings.get(CHECK_HOURS)))
        self._again.start(round(hours * 60 * _MINUTE_MS * random.uniform(0.9, 1.1)))  # noqa: S311  # jitter

    def _on_failed(self, error: Exception) -> None:
        self.under_way = False
        self.busy_changed.emit()
        self.failed.emit(error)
        self._retry()

    def _retry(self) -> None:
        """Soon, then less and less soon: whatever it was may be over."""
        self._again.start(round(self._retry_minutes * _MINUTE_MS * random.uniform(0.8, 1.2)))  # noqa: S311  # jitter
        self._retry_minutes = min(self._retry_minutes * 2, _LAST_RETRY_MINUTES)
