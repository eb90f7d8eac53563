# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Installs updates without asking, where the person or the organisation chose that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from connection_client.domain.update_settings import AUTOMATIC, UPDATE_MODE

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk


class Unattended(QObject):
    """After each finished look: what nothing stands in the way of is installed, each version once.

    A running application, a metered network, a battery, hours outside the maintenance window: all wait.
    """

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tried: set[tuple[str, str]] = set()
        desk.busy_changed.connect(self._on_looked)

    def _on_looked(self) -> None:
        if self._desk.refreshing or self._desk.rooms.settings.get(UPDATE_MODE) != AUTOMATIC:
            return
        for row in self._desk.updates:
            wanted = row.recommendation
            if wanted is None or wanted.blockers:
                continue
            # What failed is told and left to the person: it is not tried again and again.
            release = (row.product_id, wanted.release.version_text)
            if release not in self._tried and self._desk.operations.of(row.product_id) is None:
                self._tried.add(release)
                self._desk.operations.start(row.product_id)
