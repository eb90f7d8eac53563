# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A service request written here, with the diagnostics that the person has read and agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit

from connection_client.domain.language import _
from connection_client.domain.service_requests import LONGEST_SUBJECT, LONGEST_TEXT, ServiceRequest
from connection_client.ui.theme import step
from connection_client.ui.widgets.field import Field
from connection_client.ui.widgets.flow import Flow
from connection_client.ui.widgets.notice import Weight
from connection_client.ui.widgets.page import SubPage, scrolled
from connection_client.ui.widgets.parts import Button, column, label
from connection_client.ui.widgets.product_choice import ProductChoice
from connection_client.ui.words import problem_text
from connection_client.workspace.diagnostics import packed

if TYPE_CHECKING:
    from connection_client.domain.service_requests import Filed
    from connection_client.ui.desk import Desk
    from connection_client.workspace.diagnostics import Part


class ServiceRequestPage(SubPage):
    """What was typed stays until the Center has kept it."""

    preview_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Service request"), _("Help"))
        self._desk = desk
        self.parts: tuple[Part, ...] = ()
        self.send = Button(_("Send"), self._send, kind="primary")
        self.head.addWidget(self.send)
        self.product = ProductChoice(desk)
        self.subject = Field(_("Subject"))
        self.subject.edit.setMaxLength(LONGEST_SUBJECT)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("What does not work"))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(step(140))
        self.attached = label("", "secondary")
        self.preview = Button(_("See the diagnostics"), self.preview_wanted.emit)
        self.remove = Button(_("Send without"), lambda: self.attach(()), kind="quiet")
        asked = label(_("What does not work"), "strong", wrap=False)
        sent = column(self.attached, Flow(self.preview, self.remove), space=6)
        form = column(self.product, self.subject, column(asked, self.text, space=6), sent, space=16)
        self.body.addWidget(scrolled(form))
        self.subject.edit.textChanged.connect(self._enable)
        self.text.textChanged.connect(self._enable)
        self.attach(())

    def attach(self, parts: tuple[Part, ...]) -> None:
        """Take these along: what the person has just read, or nothing."""
        self.parts = parts
        self.attached.setText(
            _("The diagnostics that you have seen are sent along.")
            if parts
            else _("No diagnostics are sent along. They help to find the cause; look at them first.")
        )
        self.preview.setVisible(not parts)
        self.remove.setVisible(bool(parts))
        self._enable()

    def _enable(self) -> None:
        text = self.text.toPlainText()
        self.send.setEnabled(bool(self.subject.text.strip() and text.strip()) and len(text) <= LONGEST_TEXT)

    def _send(self) -> None:
        product, version = self.product.chosen
        bundle = packed(self.parts) if self.parts else b""
        request = ServiceRequest(self.subject.text, self.text.toPlainText(), product, version, bundle)
        self.send.setEnabled(False)
        self._desk.background.run(
            lambda: self._desk.rooms.support.send(request), self._on_filed, self._on_failed
        )

    def _on_filed(self, filed: Filed) -> None:
        self.subject.edit.clear()
        self.text.clear()
        self.attach(())
        text = _("Service request {number} is filed. The answer comes by mail.").format(number=filed.number)
        if filed.problem is not None:
            text = _("Service request {number} is filed, but without the diagnostics. {problem}").format(
                number=filed.number, problem=problem_text(filed.problem)
            )
        weight: Weight = "warning" if filed.problem is not None else "info"
        self.notice.say(text, weight, (_("Show it"), lambda: self._desk.open_link(filed.url)))

    def _on_failed(self, error: Exception) -> None:
        self._enable()
        self.notice.say(problem_text(error), "warning")
