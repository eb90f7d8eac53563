# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Tells on the desktop that a licence will want the Center: at half time, and as its last days begin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from connection_client.domain.language import _
from connection_client.domain.licence_words import mark_passed, warning
from connection_client.domain.notices import Notice
from connection_client.domain.settings import NOTIFY_LICENCES

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk
    from connection_client.ui.notices import Herald

_LOOK_EVERY_MS = 30 * 60 * 1000


class LicenceHerald(QObject):
    """Looks at the installed applications after each look of the desk, and as time goes by."""

    def __init__(
        self,
        desk: Desk,
        herald: Herald,
        parent: QObject,
        clock: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        super().__init__(parent)
        self._desk, self._herald, self._clock = desk, herald, clock
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        desk.busy_changed.connect(self._on_looked)

    def look(self) -> None:
        """Say each mark that a licence has passed, once for a product."""
        now = self._clock()
        for row in self._desk.view.rows:
            licence = row.entitlement
            mark = mark_passed(licence, now) if licence is not None and row.installed is not None else None
            if licence is None or mark is None or licence.until is None or licence.until <= now:
                continue
            # The next answer of the Center starts the time anew, and its marks are new ones.
            key = f"licence {row.product_id} {mark.value} {licence.until.isoformat()}"
            opening = (("open", _("Open CONNECTION Client")),)
            notice = Notice(f"licence {row.product_id}", row.name, warning(licence, now), opening)
            self._herald.say_once(NOTIFY_LICENCES, notice, frozenset({key}))

    def _on_looked(self) -> None:
        if not self._desk.refreshing:  # only then the Center had its chance to start the time anew
            self.look()
