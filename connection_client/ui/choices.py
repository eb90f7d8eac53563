# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a person decides about offered updates: not this version, not now, not this application."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from connection_client.ui.background import Background
    from connection_client.workspace.workspace import Workspace

LATER = timedelta(days=1)


class UpdateChoices(QObject):
    """Keeps each choice on a worker; the list as it is afterwards comes as every other news of it."""

    failed = Signal(object)

    def __init__(self, background: Background, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._background, self._workspace = background, workspace
        self.ignored: frozenset[str] = frozenset()

    def load(self) -> None:
        """Learn which applications are left alone."""
        self._background.run(self._workspace.ignored, self._on_ignored, self.failed.emit)

    def skip(self, product_id: str) -> None:
        """Do not offer this release again."""
        self._keep(lambda: self._workspace.skip(product_id))

    def remind(self, product_id: str) -> None:
        """Say nothing about it for a day."""
        at = datetime.now().astimezone() + LATER
        self._keep(lambda: self._workspace.remind(product_id, at))

    def ignore(self, product_id: str, *, ignored: bool) -> None:
        """Leave the application alone, or look after it again."""
        self._keep(lambda: self._workspace.ignore(product_id, ignored=ignored))

    def _keep(self, choice: Callable[[], object]) -> None:
        self._background.run(choice, lambda _view: self.load(), self.failed.emit)

    def _on_ignored(self, ignored: frozenset[str]) -> None:
        self.ignored = ignored
