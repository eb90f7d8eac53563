# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Links and files that macOS opens with the client: they come as events, never as arguments of a start."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class OpeningApplication(QApplication):
    """Tells what it is asked to open, as a further start tells its arguments.

    What comes before somebody listens, with the start itself, waits.
    """

    opened = Signal(tuple)

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self._waiting: list[tuple[str]] | None = []

    def listen(self) -> None:
        """From now on tell at once."""
        waiting, self._waiting = self._waiting or [], None
        for words in waiting:
            self.opened.emit(words)

    def event(self, event: QEvent) -> bool:
        """Qt's door for events of the whole application."""
        if not isinstance(event, QFileOpenEvent):
            return super().event(event)
        words = (event.file() or event.url().toString(),)
        if self._waiting is None:
            self.opened.emit(words)
        else:
            self._waiting.append(words)
        return True
