# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""When the list was checked last, and the button that checks it again, on every page that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from connection_client.domain.language import _
from connection_client.ui.desk import now
from connection_client.ui.moments import moment
from connection_client.ui.widgets.parts import Button, column, label

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk


class CheckButton(Button):
    """Cannot be pressed while a check is under way."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            _("Check for updates"), lambda: desk.refresh(manual=True), kind="icon", icon_name="refresh"
        )
        self._desk = desk
        desk.busy_changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setEnabled(not self._desk.refreshing)


class LastChecked(QWidget):
    """One small line; it follows by itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._said = label("", "small")
        self.setLayout(column(self._said))
        desk.view_changed.connect(self._fill)
        desk.busy_changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        self._said.setText(checked_text(self._desk))


def checked_text(desk: Desk) -> str:
    """When the list was vouched for last, or what goes on now."""
    if desk.refreshing:
        return _("Checking for updates")
    if desk.view.confirmed_at is None:
        return _("Not checked yet")
    return _("Last checked: {moment}").format(moment=moment(desk.view.confirmed_at, now()))
