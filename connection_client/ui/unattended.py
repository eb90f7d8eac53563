# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Installs updates without asking, where the person or the organisation chose that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from connection_client.domain.recommendations import LATER, Blocker
from connection_client.domain.update_settings import AUTOMATIC, UPDATE_MODE
from connection_client.ui.desk import now
from connection_client.ui.operation import Stage

if TYPE_CHECKING:
    from connection_client.domain.recommendations import Recommendation
    from connection_client.ui.desk import Desk
    from connection_client.workspace.view import Row


# A network without a meter, a plug, the hour of the window, a closed application: none of them tells.
_LATER_MS = 600_000
_PASSING = LATER | {Blocker.APPLICATION_RUNNING}


class Unattended(QObject):
    """After each finished look: what nothing stands in the way of is installed.

    A running application, a metered network, a battery, hours outside the maintenance window: all wait. So
    does what a password may be asked for, until somebody has the window open: never at a login.
    """

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._failures = desk.rooms.failures
        self._looked = False
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._later.timeout.connect(self.look_later)
        desk.busy_changed.connect(self._on_busy)
        desk.operations.changed.connect(self._on_operation)
        desk.operations.cancelled.connect(self._leave_alone)

    def go_on(self) -> None:
        """Begin what may begin now, say because somebody has come; nothing before the first look."""
        chosen = self._desk.rooms.settings.get(UPDATE_MODE) == AUTOMATIC
        if not (chosen and self._looked) or self._desk.refreshing:
            return
        for row in self._desk.updates:
            wanted = row.recommendation
            if wanted is not None and self._may_begin(row.product_id, wanted):
                self._desk.operations.start(row.product_id, unattended=True)
        if any(_passes(row) for row in self._desk.updates):
            self._later.start()

    @property
    def waiting(self) -> bool:
        """Whether it looks again by itself after a while."""
        return self._later.isActive()

    def look_later(self) -> None:
        """Look at this computer alone, whether what was in the way has passed meanwhile."""
        self._desk.background.run(self._desk.rooms.workspace.look_again, lambda _view: self.go_on())

    def _may_begin(self, product_id: str, wanted: Recommendation) -> bool:
        if wanted.blockers or (wanted.needs_rights and not self._desk.attended()):
            return False
        version, known = wanted.release.version_text, self._desk.operations.of(product_id)
        # What failed is told and left to the person for a day, whether this program was started anew or not.
        if self._failures.waits(product_id, version, now()):
            return False
        return (
            known is None
            or known.stage is Stage.FAILED
            or (known.stage is Stage.DONE and known.version != version)
        )

    def _on_busy(self) -> None:
        if not self._desk.refreshing:
            self._looked = True
            self.go_on()

    def _on_operation(self, product_id: str) -> None:
        operation = self._desk.operations.of(product_id)
        if operation is None and self._looked:  # put off in the middle
            self._later.start()
        if operation is None or operation.back:
            return
        # What goes on by itself, or with the next start of the computer, is offered until then.
        report = operation.report
        unsettled = report is not None and (report.restart or report.goes_on)
        if operation.stage is Stage.FAILED or unsettled:
            self._leave_alone(product_id, operation.version)

    def _leave_alone(self, product_id: str, version: str) -> None:
        if version and not self._failures.waits(product_id, version, now()):
            self._failures.note(product_id, version, now())
            self._desk.background.run(self._failures.keep)


def _passes(row: Row) -> bool:
    """Whether it only has to wait for something that passes by itself."""
    wanted = row.recommendation
    return wanted is not None and bool(wanted.blockers) and _PASSING.issuperset(wanted.blockers)
