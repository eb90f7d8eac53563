# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The strip above every page that holds out the weightiest message of the Center until it is put away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connection_client.domain.language import _, spoken
from connection_client.domain.messages import Level
from connection_client.ui.widgets.notice import Notice, Weight

if TYPE_CHECKING:
    from connection_client.domain.messages import Message
    from connection_client.ui.desk import Desk

_WEIGHTS: dict[Level, Weight] = {Level.INFO: "info", Level.WARNING: "warning", Level.CRITICAL: "danger"}


class MessageStrip(Notice):
    """One at a time; the next follows when it is dismissed, and Help lists all of them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._message: Message | None = None
        self.close_button.clicked.connect(self._dismiss)
        desk.news.changed.connect(self.look)

    def look(self) -> None:
        """Hold out what is to be held out now."""
        held_out = self._desk.news.held_out
        self._message = held_out[0] if held_out else None
        if self._message is None:
            self.say("")
            return
        message = self._message
        reading = ((_("Read more"), lambda: self._desk.open_link(message.link)),) if message.link else ()
        self.say(message.text(spoken()), _WEIGHTS[message.level], *reading)

    def _dismiss(self) -> None:
        if self._message is not None:
            self._desk.news.dismiss(self._message)
