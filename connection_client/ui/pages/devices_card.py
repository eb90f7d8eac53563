# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The card of the computers on which the account is signed in; asked for when a person wants to know."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from connection_client.domain.language import _
from connection_client.ui.desk import now
from connection_client.ui.moments import moment
from connection_client.ui.widgets.parts import Button, box, column, label, line
from connection_client.ui.widgets.rows_card import RowsCard
from connection_client.ui.words import problem_text

if TYPE_CHECKING:
    from connection_client.domain.accounts import Device
    from connection_client.ui.desk import Desk


class DevicesCard(RowsCard):
    """Empty but for its button until it was asked for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Computers"))
        self._desk = desk
        self.look = Button(_("Show where you are signed in"), self.load, kind="link")
        self.put_below(self.look)

    def load(self) -> None:
        """Ask the Center."""
        self.look.setEnabled(False)
        self._desk.background.run(self._desk.rooms.devices.listed, self._show, self._not_shown)

    def _show(self, devices: tuple[Device, ...]) -> None:
        self.look.setEnabled(True)
        self.look.set_text(_("Look again"))
        self.show_rows(map(self._row, devices), _("The Center keeps no list of computers."))

    def _not_shown(self, error: Exception) -> None:
        self.look.setEnabled(True)
        self.show_rows((), problem_text(error))

    def _row(self, device: Device) -> QWidget:
        name = device.name or _("A computer without a name")
        used = _("This computer") if device.current else _("Last used {moment}")
        under = used.format(moment=moment(device.used_at, now()))
        texts = column(label(name, "strong"), label(under, "small"), space=2)
        row = line(texts)
        if not device.current:
            leave = Button(_("Sign out"), partial(self._leave, device), kind="quiet")
            leave.setAccessibleDescription(name)
            row.addWidget(leave)
        row.setStretch(0, 1)
        return box(row)

    def _leave(self, device: Device) -> None:
        self._desk.background.run(
            lambda: self._desk.rooms.devices.sign_out(device), lambda _nothing: self.load(), self._not_shown
        )
