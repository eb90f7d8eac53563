# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The icon in the tray and its menu; it signals what is wanted and knows nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from connection_client.domain.language import _, ngettext
from connection_client.ui.tray_icon import TrayState, tray_icon


class Presence(NamedTuple):  # a dataclass would keep the icon waiting for 15 ms of imports
    """What the tray shows: the state, the updates that wait, and the applications used last (id and name)."""

    state: TrayState = TrayState.SIGNED_OUT
    updates: int = 0
    recent: tuple[tuple[str, str], ...] = ()
    signed_in: bool = False


def tooltip(presence: Presence) -> str:
    """The state in words; a screen reader reads it as the icon's title."""
    said = {
        TrayState.SIGNED_OUT: _("Signed out"),
        TrayState.SIGNED_IN: _("Everything is up to date"),
        TrayState.UPDATES: ngettext(
            "{count} update available", "{count} updates available", presence.updates
        ).format(count=presence.updates),
        TrayState.WORKING: _("Installing"),
        TrayState.ATTENTION: _("Needs your attention"),
    }[presence.state]
    return _("CONNECTION Client: {state}").format(state=said)


class Tray(QObject):
    """Visible from the first moment; created again when a host appears late."""

    open_wanted = Signal()
    place_wanted = Signal(str)
    launch_wanted = Signal(str)
    sign_in_wanted = Signal()
    sign_out_wanted = Signal()
    quit_wanted = Signal()
    message_pressed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._presence = Presence()
        self.menu = QMenu()
        self.icon: QSystemTrayIcon | None = None
        self._fill_menu()
        self.create()

    def create(self) -> None:
        """Put the icon into the host that is there now."""
        if self.icon is not None:
            self.icon.hide()
            self.icon.deleteLater()
        self.icon = QSystemTrayIcon(tray_icon(self._presence.state), self)
        self.icon.setToolTip(tooltip(self._presence))
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self.icon.messageClicked.connect(self.message_pressed)
        # Under Wayland Qt offers the icon to the bus alone, and complains in the log where nobody takes it.
        if not QGuiApplication.platformName().startswith("wayland") or self.has_host():
            self.icon.show()

    def meet_host(self) -> None:
        """Put the icon into a host that came before anybody listened for one."""
        if self.icon is not None and not self.icon.isVisible() and self.has_host():
            self.create()

    def has_host(self) -> bool:
        """Whether anything shows the icon; `isVisible` says so even where nothing does."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show_presence(self, presence: Presence) -> None:
        """Show this."""
        before, self._presence = self._presence, presence
        if before == presence or self.icon is None:
            return
        if before.state is not presence.state:
            self.icon.setIcon(tray_icon(presence.state))
        self.icon.setToolTip(tooltip(presence))
        self._fill_menu()

    @property
    def has_messages(self) -> bool:
        """Whether the icon can say something in a message of its own."""
        return QSystemTrayIcon.supportsMessages()

    def tell(self, title: str, text: str) -> None:
        """Show a message beside the icon, where the system has no notices of its own."""
        if self.icon is not None:
            self.icon.showMessage(title, text, self.icon.icon())

    def retranslate(self) -> None:
        """Say everything again, in the language that is spoken now."""
        if self.icon is not None:
            self.icon.setToolTip(tooltip(self._presence))
        self._fill_menu()

    def close(self) -> None:
        """Take the icon away."""
        if self.icon is not None:
            self.icon.hide()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.open_wanted.emit()

    def _fill_menu(self) -> None:
        shown, menu = self._presence, self.menu
        menu.clear()
        opens = self._add(_("Open CONNECTION Client"), self.open_wanted.emit)
        menu.setDefaultAction(opens)
        # L10N: a menu entry; {count} updates wait
        updates = _("Updates ({count})").format(count=shown.updates) if shown.updates else _("Updates")
        self._add(updates, lambda: self.place_wanted.emit("updates"))
        menu.addSeparator()
        for product_id, name in shown.recent:
            self._add(name, partial(self.launch_wanted.emit, product_id))
        if shown.recent:
            menu.addSeparator()
        if shown.signed_in:
            self._add(_("Sign out"), self.sign_out_wanted.emit)
        else:
            self._add(_("Sign in"), self.sign_in_wanted.emit)
        self._add(_("Help"), lambda: self.place_wanted.emit("help"))
        self._add(_("Settings"), lambda: self.place_wanted.emit("settings"))
        menu.addSeparator()
        self._add(_("Quit"), self.quit_wanted.emit)

    def _add(self, text: str, pressed: Callable[[], object]) -> QAction:
        action = self.menu.addAction(text.replace("&", "&&"))
        action.triggered.connect(lambda _checked=False: pressed())
        return action
