# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Ends the event loop when the system asks the process to end, without waking up to look for it."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier


class QuitSignals(QObject):
    """While Qt waits, Python's own handlers do not run; the wake-up descriptor gets through to Qt."""

    def __init__(self, quit_program: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.settimeout(0)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._wake)
        self._before = {name: signal.signal(name, self._ignore) for name in (signal.SIGINT, signal.SIGTERM)}
        self._wakeup_before = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._quit = quit_program

    def close(self) -> None:
        """Give the signals back to whoever had them."""
        signal.set_wakeup_fd(self._wakeup_before)
        for name, handler in self._before.items():
            signal.signal(name, handler)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _ignore(self, _number: int, _frame: FrameType | None) -> None:
        """The byte in the wake-up descriptor is what counts."""

    def _wake(self) -> None:
        self._reader.recv(64)
        self._quit()
