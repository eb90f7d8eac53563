# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Settings: every declared setting with the control that fits it; a locked one says who manages it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from connection_client.domain.language import N_, _
from connection_client.domain.setting import Choice, Setting
from connection_client.domain.settings import SETTINGS
from connection_client.ui.pages.proxy_login import ProxyLoginForm
from connection_client.ui.pages.setting_row import SettingRow
from connection_client.ui.widgets.flow import Flow
from connection_client.ui.widgets.page import Page, scrolled
from connection_client.ui.widgets.parts import Button, card, column, label, separator
from connection_client.ui.words import problem_text

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk


@dataclass(frozen=True)
class Group:
    """A card of settings; `names` are the words beside the controls, by the key of the setting."""

    title: str
    names: dict[str, str]


GROUPS = (
    Group(
        N_("General"),
        {"theme": N_("Appearance"), "language": N_("Language"), "autostart": N_("Start with the session")},
    ),
    Group(
        N_("Updates"),
        {
            "update_mode": N_("How updates are installed"),
            "check_hours": N_("Hours between checks"),
            "bandwidth_limit": N_("Speed limit in KiB a second"),
        },
    ),
    Group(
        N_("Notices"),
        {
            "notify_updates": N_("Updates"),
            "notify_results": N_("Installations"),
            "notify_sign_in": N_("Sign-in"),
            "notify_licences": N_("Licences"),
            "notify_messages": N_("Messages"),
        },
    ),
    Group(
        N_("Network"),
        {
            "center_url": N_("CONNECT Center"),
            "proxy": N_("Proxy"),
            "loopback_port": N_("Port for the sign-in"),
        },
    ),
)
# Few people ever touch them, and most of those are of an IT department; every other setting joins them.
ADVANCED = Group(
    N_("Advanced"),
    {
        "email": N_("E-mail address"),
        "trusted_root": N_("First trusted keys"),
        "client_id": N_("Client name"),
    },
)


class SettingsPage(Page):
    """A change is kept at once; what cannot be kept is told below its control.

    The cards come one by one, by `grow`: all of them at once would hold up the window for a moment.
    """

    changed = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Settings"))
        self._desk = desk
        self._rows: dict[str, SettingRow] = {}
        self._known: dict[str, Setting[Any]] = {setting.key: setting for setting in SETTINGS}
        named = {key for group in GROUPS for key in group.names}
        rest = {k: one.title for k, one in self._known.items() if k not in named and _can_be_chosen(one)}
        self._coming = [*GROUPS, Group(ADVANCED.title, rest | ADVANCED.names)]
        self._cards = column(space=12)
        self._advanced: QWidget | None = None
        self.body.addWidget(scrolled(self._cards))

    def grow(self) -> bool:
        """Add the next card; whether more are to come."""
        if self._coming:
            group = self._coming.pop(0)
            made = self._card(group)
            if not self._coming:
                self._advanced = made
                made.hide()
                self.more = Button(_(group.title), self._unfold, icon_name="down")
                self._cards.addLayout(Flow(self.more))
            self._cards.addWidget(made)
        return bool(self._coming)

    def _unfold(self) -> None:
        """Show what few people need; it stays until the window is closed."""
        self.more.hide()
        if self._advanced is not None:
            self._advanced.show()
            self._advanced.setFocus()
            self.focusNextChild()

    def _card(self, group: Group) -> QWidget:
        lines: list[QWidget | int] = [label(_(group.title), "section", wrap=False)]
        for key, name in group.names.items():
            row = self._row(self._known[key], _(name))
            lines += [separator(), row] if len(lines) > 1 else [row]
        if "proxy" in group.names:
            self.proxy_login = ProxyLoginForm(self._desk)
            lines.append(self.proxy_login)
        return card(column(*lines, space=12, margins=(16, 12, 16, 14)))

    def _row(self, setting: Setting[Any], name: str) -> SettingRow:
        settings = self._desk.rooms.settings
        row = SettingRow(setting, name, settings.get(setting), locked=settings.locked(setting))
        row.chosen.connect(lambda value: self._keep(setting, value))
        self._rows[setting.key] = row
        return row

    def _keep(self, setting: Setting[Any], value: object) -> None:
        row = self._rows[setting.key]

        def job() -> None:
            self._desk.rooms.settings.set(setting, setting.parse(value))

        def kept(_nothing: None) -> None:
            row.problem.hide()
            self.proxy_login.fill()
            self.changed.emit(setting.key)

        def not_kept(error: Exception) -> None:
            row.problem.setText(problem_text(error))
            row.problem.show()

        self._desk.background.run(job, kept, not_kept)


def _can_be_chosen(setting: Setting[Any]) -> bool:
    return not (isinstance(setting.read, Choice) and len(setting.read.words) == 1)
