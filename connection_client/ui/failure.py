# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The window of a program that could not start: what happened, what was kept, what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from connection_client.domain.language import _
from connection_client.ui.appearance import Appearance
from connection_client.ui.theme import step
from connection_client.ui.widgets.empty import Empty
from connection_client.ui.words import problem_text


class Failure(QWidget):
    """Quitting is the one thing that is left."""

    def __init__(self, app: QApplication, error: Exception, quit_program: Callable[[], None]) -> None:
        super().__init__()
        Appearance(app)
        self._quit = quit_program
        self.setObjectName("window")
        self.setWindowTitle(_("CONNECTION Client"))
        self.resize(step(520), step(360))
        empty = Empty()
        empty.say(
            "warning", _("CONNECTION Client could not start"), problem_text(error), _("Quit"), quit_program
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(step(32), step(24), step(32), step(24))
        layout.addWidget(empty)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        event.accept()
        self._quit()
