# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the Center tells the person, brought to the main thread and looked at again when something is due."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from connection_client.domain.messages import Message
    from connection_client.ui.desk import Desk

_A_DAY_MS = 24 * 60 * 60 * 1000
_Found = tuple[tuple["Message", ...], tuple[datetime, ...]]


class News(QObject):
    """`messages` are those that hold now, the weightiest first."""

    changed = Signal()
    looked = Signal()  # whether or not something has changed

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self._board, self._background = desk, desk.rooms.messages, desk.background
        self.messages: tuple[Message, ...] = ()
        self._due = QTimer(self, singleShot=True)
        self._due.timeout.connect(self.load)
        desk.session_changed.connect(self.load)
        desk.busy_changed.connect(self._on_looked)

    @property
    def held_out(self) -> tuple[Message, ...]:
        """Those that the person has not put away."""
        return tuple(message for message in self.messages if not message.dismissed)

    def load(self) -> None:
        """Look anew; the Center is not asked."""
        self._background.run(lambda: (self._board.current(), self._board.coming()), self._show)

    def dismiss(self, message: Message) -> None:
        """Put it away."""

        def job() -> _Found:
            self._board.dismiss(message.id)
            return self._board.current(), self._board.coming()

        self._background.run(job, self._show)

    def _on_looked(self) -> None:
        if not self._desk.refreshing:
            self.load()

    def _show(self, found: _Found) -> None:
        messages, coming = found
        self._due.stop()
        if coming:
            seconds = (coming[0] - datetime.now(UTC)).total_seconds()
            self._due.start(max(1000, min(round(seconds * 1000), _A_DAY_MS)))
        if messages != self.messages:
            self.messages = messages
            self.changed.emit()
        self.looked.emit()
