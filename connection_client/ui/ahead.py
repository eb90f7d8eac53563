# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Builds what somebody may soon want, a piece at a time, while nobody waits for anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from connection_client.ui.window import Window

_FIRST_MS, _NEXT_MS = 400, 30  # the window is painted and its list read before the first piece
_PLACES = ("you", "help")  # what costs the same, however many applications there are


class Ahead(QObject):
    """Builds the places of a window, and the settings card by card."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._pieces = _pieces(window)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._next)
        self._begun = False

    def begin(self) -> None:
        """Begin, once."""
        if not self._begun:
            self._begun = True
            self._timer.start(_FIRST_MS)

    def _next(self) -> None:
        if next(self._pieces, False):
            self._timer.start(_NEXT_MS)


def _pieces(window: Window) -> Iterator[bool]:
    for name in _PLACES:
        window.place(name)
        yield True
    while window.grow_settings():
        yield True
