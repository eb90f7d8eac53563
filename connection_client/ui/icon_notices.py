# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Notices beside the tray icon, where the system has none of its own; they have no buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from connection_client.domain.notices import PRESSED, Listener, Notice

if TYPE_CHECKING:
    from connection_client.ui.background import Background
    from connection_client.ui.tray import Tray


class IconNotices:
    """Implements `domain.notices.Notices` with Qt's own message; the last one is the one that is pressed."""

    def __init__(self, tray: Tray, background: Background) -> None:
        self._tray, self._background = tray, background
        self._listeners: list[Listener] = []
        self._last = ""
        tray.message_pressed.connect(self._on_pressed)

    def show(self, notice: Notice) -> bool:
        """Hand it to the main thread; False where the icon has no messages."""
        if not self._tray.has_messages:
            return False
        self._background.post(self._tell, notice)
        return True

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(key, action)` when the message is pressed."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def _tell(self, notice: Notice) -> None:
        self._last = notice.key
        self._tray.tell(notice.title, notice.text)

    def _on_pressed(self) -> None:
        for listener in tuple(self._listeners):
            listener(self._last, PRESSED)
