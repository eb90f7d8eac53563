# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Notices that an application has been closed for which an installation waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from connection_client.ui.background import Background
    from connection_client.workspace.workspace import Workspace

_LOOK_MS = 2000


class ClosedWatch(QObject):
    """Looks every two seconds while `held` names a product, and rests otherwise; `closed` gives their ids."""

    closed = Signal(object)

    def __init__(
        self, background: Background, workspace: Workspace, held: Callable[[], list[str]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._background, self._workspace, self._held = background, workspace, held
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin to look."""
        self._timer.start()

    def stop(self) -> None:
        """Rest."""
        self._timer.stop()

    def _look(self) -> None:
        held, running = self._held(), self._workspace.running
        if not held:
            self._timer.stop()
            return
        self._background.run(
            lambda: tuple(product_id for product_id in held if not running.runs(product_id)),
            self.closed.emit,
        )
