# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The card in Help with all messages of the Center that still hold, also those that were put away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from connection_client.domain.language import _, spoken
from connection_client.domain.messages import Level
from connection_client.ui.desk import now
from connection_client.ui.moments import moment
from connection_client.ui.widgets.flow import Flow
from connection_client.ui.widgets.parts import Button, Picture, box, card, clear, column, label, line

if TYPE_CHECKING:
    from connection_client.domain.messages import Message
    from connection_client.ui.desk import Desk

_PICTURES = {
    Level.INFO: ("info", "accent"),
    Level.WARNING: ("warning", "warning"),
    Level.CRITICAL: ("warning", "danger"),
}


class MessagesCard(QWidget):
    """Hidden while there are none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.rows = QVBoxLayout()
        heading = label(_("Messages from CONNECT Center"), "section")
        inside = column(heading, box(self.rows), space=4, margins=(16, 12, 16, 6))
        self.setLayout(column(card(inside)))
        self.rows.setContentsMargins(0, 0, 0, 0)
        desk.news.changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        clear(self.rows)
        for message in self._desk.news.messages:
            self.rows.addWidget(self._row(message))
        self.setVisible(bool(self._desk.news.messages))

    def _row(self, message: Message) -> QWidget:
        until = _("Until {moment}").format(moment=moment(message.ends, now()))
        said = label(message.text(spoken()), selectable=True)
        words = column(said, label(until, "small"), space=2)
        if message.link:
            link = message.link
            reading = Button(_("Read more"), lambda: self._desk.open_link(link))
            reading.setAccessibleDescription(said.text())
            words = column(words, 4, Flow(reading), space=2)
        name, colour = _PICTURES[message.level]
        row = line(Picture(name, colour), box(words), space=12, margins=(0, 4, 0, 8))
        row.setAlignment(row.itemAt(0).widget(), Qt.AlignmentFlag.AlignTop)
        row.setStretch(1, 1)
        return box(row)
