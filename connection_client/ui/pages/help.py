# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Help: the forum, a service request that already names the application and its version, and the ways in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from connection_client.domain.language import _
from connection_client.ui.pages.messages_card import MessagesCard
from connection_client.ui.widgets.flow import Flow
from connection_client.ui.widgets.page import Page, scrolled
from connection_client.ui.widgets.parts import Button, Picture, box, card, column, label, line
from connection_client.ui.widgets.product_choice import ProductChoice
from connection_client.version import VERSION

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk


class HelpPage(Page):
    """Works signed out as well: the Center is asked for an address when it is wanted."""

    place_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Help"))
        self._desk = desk
        self.product = ProductChoice(desk)
        self._make_buttons()
        self.messages = MessagesCard(desk)
        about = label(_("CONNECTION Client {version}").format(version=VERSION), "small")
        self.body.addWidget(scrolled(column(self.messages, *self._topics(), about, space=12)))
        desk.session_changed.connect(self._enable)
        self._enable()

    def _make_buttons(self) -> None:
        desk, links = self._desk, self._desk.rooms.help.links
        self.forum = Button(_("Open the forum"), lambda: desk.open_link(lambda: links().forum))
        self.request = Button(_("Request service"), self._request, kind="primary")
        self.register = Button(_("Register"), lambda: desk.open_link(lambda: links().register))
        self.connected = Button(
            _("How are you CONNECTED?"), lambda: desk.open_link(lambda: links().connected)
        )
        self.doctor = Button(_("Look at this computer"), lambda: self.place_wanted.emit("doctor"))
        self.diagnostics = Button(_("See the diagnostics"), lambda: self.place_wanted.emit("diagnostics"))
        self.write = Button(_("Write it here"), lambda: self.place_wanted.emit("request"))

    def _topics(self) -> tuple[QFrame, ...]:
        return (
            _topic(
                "search",
                _("Something does not work"),
                _("See what works on this computer and what does not, with how to mend it."),
                Flow(self.doctor, self.diagnostics),
            ),
            _topic(
                "request",
                _("Service request"),
                _("Tell us what does not work. The application and its version are filled in."),
                column(self.product, Flow(self.request, self.write)),
            ),
            *self._ways(),
        )

    def _ways(self) -> tuple[QFrame, ...]:
        return (
            _topic(
                "forum",
                _("Communities forum"),
                _("Ask other users and read what they found."),
                line(self.forum, -1),
            ),
            _topic(
                "people",
                _("Find your Account Administrator"),
                _("The Center shows your organisation and who looks after it."),
                line(self.connected, -1),
            ),
            _topic(
                "register",
                _("New users"),
                _("Register yourself, or see who registers you."),
                line(self.register, -1),
            ),
        )

    def _enable(self) -> None:
        self.write.setEnabled(self._desk.signed_in)  # the Center keeps requests of people it knows

    def _request(self) -> None:
        product_id, version = self.product.chosen
        self._desk.request_service(product_id, version)


def _topic(icon_name: str, heading: str, text: str, action: object) -> QFrame:
    words = column(label(heading, "strong"), label(text, "secondary"), 4, action, space=4)  # type: ignore[arg-type]
    row = line(Picture(icon_name, "accent", 24), box(words), space=16, margins=(16, 14, 16, 14))
    row.setAlignment(row.itemAt(0).widget(), Qt.AlignmentFlag.AlignTop)
    row.setStretch(1, 1)
    return card(row)
