# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The keys of the window: every place, the search, a new look, and closing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from connection_client.ui.window import Window


def add_shortcuts(window: Window, show: Callable[[str], None], find: Callable[[], None]) -> None:
    """Standard keys where the platform has them."""
    keys: dict[str | QKeySequence.StandardKey, Callable[[], object]] = {
        "Ctrl+1": partial(show, "applications"),
        "Ctrl+2": partial(show, "updates"),
        "Ctrl+3": partial(show, "you"),
        "Ctrl+,": partial(show, "settings"),
        QKeySequence.StandardKey.HelpContents: partial(show, "help"),
        QKeySequence.StandardKey.Find: find,
        QKeySequence.StandardKey.Refresh: lambda: window.desk.refresh(manual=True),
        QKeySequence.StandardKey.Close: window.close,
    }
    for key, pressed in keys.items():
        QShortcut(QKeySequence(key), window).activated.connect(pressed)
