# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""After this client has updated itself: starts anew and comes back where the person was."""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtCore import QObject

from connection_client.domain.installed import OWN_PRODUCT
from connection_client.ui.desk import Desk
from connection_client.ui.operation import Stage

EXIT_RESTART = 11
_COME_BACK = "CONNECTION_CLIENT_COME_BACK"  # the place that was shown, for the program that starts next
_PLACES = ("applications", "updates", "you", "help", "settings")


class Restart(QObject):
    """Ends the program with EXIT_RESTART once its own update is done and nothing else is under way.

    `leave` ends it with a status. `shown` gives the place that a visible window shows, "" where none is
    visible; `open_place` brings it up.
    """

    def __init__(
        self,
        desk: Desk,
        leave: Callable[[int], object],
        shown: Callable[[], str],
        open_place: Callable[[str], None],
    ) -> None:
        super().__init__(desk)
        self._desk, self._leave, self._shown = desk, leave, shown
        self._updated = False
        desk.operations.changed.connect(self._on_operation)
        place = os.environ.pop(_COME_BACK, "")
        if place in _PLACES:
            open_place(place)

    def _on_operation(self, product_id: str) -> None:
        operation = self._desk.operations.of(product_id)
        if product_id == OWN_PRODUCT and operation is not None and operation.stage is Stage.DONE:
            self._updated = True
        if self._updated and not self._desk.operations.under_way:
            os.environ[_COME_BACK] = self._shown()
            self._leave(EXIT_RESTART)
