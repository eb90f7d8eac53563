# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The card of programs that ask this client: which act for the person by consent, and which asked at all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from connection_client.domain.language import _
from connection_client.ui.desk import now
from connection_client.ui.moments import moment
from connection_client.ui.widgets.parts import Button, box, card, clear, column, label, line

if TYPE_CHECKING:
    from connection_client.domain.consents import Caller, Consent
    from connection_client.ui.desk import Desk

_LAST = 5  # programs


class ApplicationsCard(QWidget):
    """Looked up anew each time it comes into view."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.rows = QVBoxLayout()
        self.rows.setContentsMargins(0, 0, 0, 0)
        heading = label(_("Programs that ask CONNECTION Client"), "section")
        inside = column(heading, box(self.rows), space=10, margins=(16, 12, 16, 14))
        self.setLayout(column(card(inside), margins=(0, 0, 0, 0)))
        desk.requests.changed.connect(self._fill)
        self._fill()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        super().showEvent(event)
        self._desk.requests.load()

    def _fill(self) -> None:
        clear(self.rows)
        for consent in self._desk.requests.consents:
            self.rows.addWidget(self._consent(consent))
        for caller in self._desk.requests.callers[:_LAST]:
            self.rows.addWidget(_asked(caller))
        if not self._desk.requests.consents and not self._desk.requests.callers:
            self.rows.addWidget(label(_("None has asked since it was started."), "secondary"))

    def _consent(self, consent: Consent) -> QWidget:
        facts = {"program": consent.program, "moment": moment(consent.agreed_at, now())}
        under = _("{program} may act for you, since {moment}").format(**facts)
        texts = column(label(consent.name, "strong"), label(under, "small"), space=2)
        button = Button(_("Withdraw"), partial(self._desk.requests.withdraw, consent), kind="quiet")
        button.setAccessibleDescription(consent.name)
        row = line(texts, button)
        row.setStretch(0, 1)
        return box(row)


def _asked(caller: Caller) -> QWidget:
    facts = {"moment": moment(caller.last_at, now()), "number": caller.process}
    under = _("Asked last {moment}, process {number}").format(**facts)
    program = caller.program or _("An unknown program")
    return box(column(label(program), label(under, "small"), space=2))
