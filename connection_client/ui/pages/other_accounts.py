# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The card of the other accounts on this computer: use one, sign one out, add one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from connection_client.domain.language import _
from connection_client.ui.widgets.parts import Button, box, column, label, line
from connection_client.ui.widgets.rows_card import RowsCard

if TYPE_CHECKING:
    from connection_client.domain.accounts import Account
    from connection_client.ui.desk import Desk


class OtherAccountsCard(RowsCard):
    """Asks the disk off the main thread, each time it is built."""

    add_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Other accounts"))
        self._desk = desk
        self.add = Button(_("Add an account"), self.add_wanted.emit, kind="link")
        self.put_below(self.add)
        self.load()

    def load(self) -> None:
        """Look again who there is."""
        self._desk.background.run(self._desk.rooms.accounts.listed, self._show)

    def _show(self, accounts: tuple[Account, ...]) -> None:
        self.show_rows(map(self._row, accounts), _("Nobody else is signed in on this computer."))

    def _row(self, account: Account) -> QWidget:
        under = ", ".join(part for part in (account.email, account.organisation) if part)
        texts = column(
            label(account.name or account.email, "strong"), label(under, "small", selectable=True), space=2
        )
        use = Button(_("Use"), partial(self._use, account))
        leave = Button(_("Sign out"), partial(self._leave, account), kind="quiet")
        for button in (use, leave):
            button.setAccessibleDescription(account.email)
        row = line(texts, use, leave)
        row.setStretch(0, 1)
        return box(row)

    def _use(self, account: Account) -> None:
        self._desk.background.run(
            lambda: self._desk.rooms.accounts.switch(account), on_error=self._desk.failed.emit
        )

    def _leave(self, account: Account) -> None:
        self._desk.background.run(
            lambda: self._desk.rooms.accounts.forget(account),
            lambda _nothing: self.load(),
            self._desk.failed.emit,
        )
