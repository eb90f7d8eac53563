# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Puts the window where it was, as far as the screens of today allow."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from connection_client.domain.window_place import WindowPlace


def place_of(window: QWidget) -> WindowPlace:
    """Where it is now; a maximised one also knows where it was before."""
    area = window.normalGeometry() if window.isMaximized() else window.geometry()
    return WindowPlace(area.x(), area.y(), area.width(), area.height(), window.isMaximized())


def put(window: QWidget, place: WindowPlace) -> None:
    """Bring it there; on a screen that is gone or smaller now, as near as it fits."""
    wanted = QRect(place.x, place.y, place.width, place.height)
    screen = QGuiApplication.screenAt(wanted.center()) or QGuiApplication.primaryScreen()
    window.setGeometry(clamped(wanted, screen.availableGeometry()))
    if place.maximised:
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def clamped(wanted: QRect, free: QRect) -> QRect:
    """The rectangle of that size, or of the free area's where that is smaller, wholly inside it."""
    size = wanted.size().boundedTo(free.size())
    left = min(max(wanted.x(), free.x()), free.x() + free.width() - size.width())
    top = min(max(wanted.y(), free.y()), free.y() + free.height() - size.height())
    return QRect(left, top, size.width(), size.height())
