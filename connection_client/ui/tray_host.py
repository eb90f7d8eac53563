# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Tells when something that shows tray icons appears after the program did, as at login."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtDBus import QDBusConnection, QDBusServiceWatcher

_WATCHER = "org.kde.StatusNotifierWatcher"


class TrayHost(QObject):
    """For hosts on the session bus; a tray by XEmbed is met by Qt itself."""

    appeared = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        mode = QDBusServiceWatcher.WatchModeFlag.WatchForRegistration
        self._watcher = QDBusServiceWatcher(_WATCHER, bus, mode, self)
        self._watcher.serviceRegistered.connect(lambda _name: self.appeared.emit())
