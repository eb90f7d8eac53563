# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Puts the window where it was, as far as the screens of today allow."""

from __future__ import annotations

import sys

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from connection_client.domain.window_place import WindowPlace

_TITLE_BAR = 31  # of Windows 10 and 11, at every scale


def place_of(window: QWidget) -> WindowPlace:
    """Where it is now; a maximised one also knows where it was before."""
    area = window.normalGeometry() if window.isMaximized() else window.geometry()
    if QGuiApplication.platformName().startswith("wayland"):
        # No window is told there where it is. Should the next session be X11's, it opens in the middle.
        area.moveCenter(window.screen().availableGeometry().center())
    return WindowPlace(area.x(), area.y(), area.width(), area.height(), window.isMaximized())


def put(window: QWidget, place: WindowPlace) -> None:
    """Bring it there; on a screen that is gone or smaller now, as near as it fits."""
    wanted = QRect(place.x, place.y, place.width, place.height)
    screen = QGuiApplication.screenAt(wanted.center()) or QGuiApplication.primaryScreen()
    window.setGeometry(clamped(wanted, for_the_inside(screen.availableGeometry())))
    if place.maximised:
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def for_the_inside(free: QRect, system: str = sys.platform) -> QRect:
    """Where a window's inside may be, so that its title bar is within `free`; `system` as in sys.platform.

    Windows puts a title bar where nobody reaches it; window managers of other systems do not.
    """
    return free.adjusted(0, _TITLE_BAR, 0, 0) if system == "win32" else free


def clamped(wanted: QRect, free: QRect) -> QRect:
    """The rectangle of that size, or of the free area's where that is smaller, wholly inside it."""
    size = wanted.size().boundedTo(free.size())
    left = min(max(wanted.x(), free.x()), free.x() + free.width() - size.width())
    top = min(max(wanted.y(), free.y()), free.y() + free.height() - size.height())
    return QRect(left, top, size.width(), size.height())
