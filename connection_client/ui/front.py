# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Brings a window before the person, also where Wayland lets no program do that by itself.

There a token (xdg-activation-v1) counts that whoever was clicked has handed on, once, and for a surface that
is on the screen already: Qt spends it when it makes the surface, and a compositor may then find nothing to
bring to the front.
"""

from __future__ import annotations

import os

from PySide6.QtCore import QEvent, QObject, QProcessEnvironment, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105  # the variable that Qt reads


def bring_up(window: QWidget) -> None:
    """Show the window, not minimised, above others and with the keyboard, as far as the desktop allows."""
    handle = window.windowHandle()
    waits = QGuiApplication.platformName().startswith("wayland") and (
        handle is None or not handle.isExposed()
    )
    token = _take_token() if waits else ""
    if window.isMinimized():
        window.showNormal()
    window.show()
    if waits:
        _OnceOnScreen(window, token)
    else:
        _ask(window)


def _ask(window: QWidget) -> None:
    window.raise_()
    window.activateWindow()


def _take_token() -> str:
    # Qt also writes it there itself (for a click in the tray), past Python's own copy of the variables.
    token = QProcessEnvironment.systemEnvironment().value(_TOKEN, "")
    os.environ.pop(_TOKEN, None)
    os.unsetenv(_TOKEN)
    return token


class _OnceOnScreen(QObject):
    """Asks for the front when the window's first picture has gone to the compositor."""

    def __init__(self, window: QWidget, token: str) -> None:
        super().__init__(window)
        self._window, self._token = window, token
        self._surface = window.windowHandle()
        self._surface.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if event.type() is QEvent.Type.Expose and self._surface.isExposed():
            self._surface.removeEventFilter(self)
            QTimer.singleShot(0, self, self._ask)  # this event is what paints it
        return super().eventFilter(watched, event)

    def _ask(self) -> None:
        if self._token:
            os.putenv(_TOKEN, self._token)
        _ask(self._window)
        self.deleteLater()
