# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Has ready what a person who looks at the window will soon want, and lets go of it when nobody looks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from connection_client.ui.background import Background


class Attendance(QObject):
    """Follows one window; `awaited` is told on a worker, and what it is told last holds."""

    def __init__(self, window: QWidget, awaited: Callable[[bool], None], background: Background) -> None:
        super().__init__(window)
        self._awaited, self._background = awaited, background
        self._window = window
        self._looked_at = False
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Showing and hiding are noticed; nothing is kept from the window."""
        kind = event.type()
        if kind in (QEvent.Type.Show, QEvent.Type.Hide):
            self._looked_at = kind == QEvent.Type.Show
            self._background.run(self._tell)
        return False

    def end(self) -> None:
        """The program ends: nothing is made ready any more."""
        self._window.removeEventFilter(self)

    def _tell(self) -> None:
        # Read here: of two that run at once, neither tells what is no longer so.
        self._awaited(self._looked_at)
