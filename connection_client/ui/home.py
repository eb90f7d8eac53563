# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Joins the window and the tray once the services are there: each hears of the other through the desk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from connection_client.domain.accounts import SessionStatus
from connection_client.domain.language import choose
from connection_client.domain.notices import NoNotices
from connection_client.domain.settings import LANGUAGE, THEME
from connection_client.domain.update_settings import CHANNEL
from connection_client.ui.appearance import Appearance
from connection_client.ui.asking import Asking
from connection_client.ui.attendance import Attendance
from connection_client.ui.desk import Desk
from connection_client.ui.icon_notices import IconNotices
from connection_client.ui.language import wear_language
from connection_client.ui.licence_notices import LicenceHerald
from connection_client.ui.message_notices import MessageHerald
from connection_client.ui.notices import Herald
from connection_client.ui.operation import Stage
from connection_client.ui.phrases import refused
from connection_client.ui.placement import place_of, put
from connection_client.ui.restart import Restart
from connection_client.ui.tray import Presence, Tray
from connection_client.ui.tray_host import TrayHost
from connection_client.ui.tray_icon import TrayState
from connection_client.ui.unattended import Unattended
from connection_client.ui.window import Window

if TYPE_CHECKING:
    from connection_client.domain.wishes import Wishes
    from connection_client.ui.background import Background
    from connection_client.workspace.rooms import Rooms
    from connection_client.workspace.view import Row

_RECENT = 5
_LATE_ANSWERS_MS = 600_000  # what was asked by a window that is gone may still be answered


class Home(QObject):
    """The window is built when it is first wanted; until then only the tray is fed."""

    def __init__(self, app: QApplication, rooms: Rooms, background: Background, tray: Tray) -> None:
        super().__init__()
        if isinstance(rooms.notices, NoNotices):
            rooms = replace(rooms, notices=IconNotices(tray, background))
        self._app, self._rooms, self._tray = app, rooms, tray
        self._appearance: Appearance | None = None
        tray.menu.aboutToShow.connect(lambda: self.appearance)
        self.desk = Desk(rooms, background, self)
        self._window: Window | None = None
        self.asking = Asking(self.desk, lambda: self.window, self)
        self._host = TrayHost(self)
        self._host.appeared.connect(tray.create)
        tray.place_wanted.connect(self.open_place)
        tray.launch_wanted.connect(self.desk.launch)
        tray.sign_in_wanted.connect(lambda: self.open_place("you"))
        tray.sign_out_wanted.connect(self.desk.sign_out)
        for news in (self.desk.session_changed, self.desk.view_changed, self.desk.operations.changed):
            news.connect(self._feed_tray)
        self._herald = Herald(self.desk, self._looked_at, self)
        self._herald.place_wanted.connect(self.open_place)
        self._licences = LicenceHerald(self.desk, self._herald, self)
        self._messages = MessageHerald(self.desk, self._herald, self)
        self._unattended = Unattended(self.desk, self)
        self._wishes_end = rooms.wishes.subscribe(lambda: background.post(self._on_wishes, None))
        app.styleHints().colorSchemeChanged.connect(self._on_wishes)
        self.desk.attended = lambda: bool(self._shown_place())
        self.desk.start()
        self._feed_tray()
        self._restart = Restart(self.desk, app.exit, self._shown_place, self.open_place)

    @property
    def appearance(self) -> Appearance:
        """How the program is dressed; style and fonts are megabytes, and an icon does without them."""
        if self._appearance is None:
            theme = str(self._rooms.settings.get(THEME))
            self._appearance = Appearance(self._app, theme, wishes=self._rooms.wishes)
        return self._appearance

    @property
    def window(self) -> Window:
        """The window, built now if it was not yet."""
        if self._window is None:
            self.appearance  # noqa: B018  # the window is measured in the fonts that it wears
            self._window = Window(self.desk)
            self._attendance = Attendance(self._window, self._rooms.awaited, self.desk.background)
            self._window.home_closed.connect(self._on_closed)
            self._window.setting_changed.connect(self._on_setting)
        return self._window

    def open_window(self) -> None:
        """Bring the window up."""
        self.window.raise_up()
        self._go_on()

    def open_place(self, name: str) -> None:
        """Bring the window up at a place."""
        self.window.show_place(name)
        self.window.raise_up()
        self._go_on()

    def _go_on(self) -> None:
        """What waited for somebody to be there."""
        self.desk.take_up()
        self._unattended.go_on()

    def _shown_place(self) -> str:
        """The place that the person sees; nothing where the window is away."""
        window = self._window
        return window.current_place if window is not None and window.isVisible() else ""

    def open_without_host(self) -> None:
        """Where nothing shows tray icons, the window is the home."""
        if not self._tray.has_host():
            self.open_window()

    def close(self) -> None:
        """Stop listening and take the window away."""
        self._herald.close()
        self._wishes_end()
        self.desk.close()
        if self._window is not None:
            self._attendance.end()
            self._window.hide()
            self._window.keep_place(at_once=True)

    def _on_wishes(self, _news: object = None) -> None:
        """The desktop may want more contrast, or less motion, than before."""
        before = self._rooms.wishes.now

        def read(now: Wishes) -> None:
            if now != before and self._appearance is not None:
                self._appearance.apply()

        self.desk.background.run(self._rooms.wishes.read, read)

    def _feed_tray(self, _product_id: str = "") -> None:
        installed = {
            row.product_id: _entry(row)
            for row in self.desk.view.rows
            if row.installed and row.installed.launch
        }
        order = [*self.desk.recent, *sorted(installed, key=lambda known: installed[known].casefold())]
        recent = tuple((known, installed[known]) for known in dict.fromkeys(order) if known in installed)
        updates = len(self.desk.updates)
        self._tray.show_presence(
            Presence(self._state(updates), updates, recent[:_RECENT], self.desk.signed_in)
        )

    def _state(self, updates: int) -> TrayState:
        operations = [self.desk.operations.of(row.product_id) for row in self.desk.view.rows]
        failed = any(operation is not None and operation.stage is Stage.FAILED for operation in operations)
        if self.desk.operations.under_way:
            return TrayState.WORKING
        if failed or self.desk.session.status is SessionStatus.ENDED:
            return TrayState.ATTENTION
        if not self.desk.signed_in:
            return TrayState.SIGNED_OUT
        return TrayState.UPDATES if updates else TrayState.SIGNED_IN

    def _looked_at(self) -> bool:
        return self._window is not None and self._window.isActiveWindow()

    def _on_closed(self) -> None:
        if not self._tray.has_host():
            self._app.quit()

    def _on_setting(self, key: str) -> None:
        if key == THEME.key and self._appearance is not None:
            self._appearance.wear(str(self._rooms.settings.get(THEME)))
        if key == CHANNEL.key:
            self.desk.refresh()
        if key == LANGUAGE.key:
            choose(str(self._rooms.settings.get(LANGUAGE)))
            self._speak_anew()

    def _speak_anew(self) -> None:
        """Say everything again in the language that is spoken now; the window stays where it is."""
        wear_language(self._app)
        self._tray.retranslate()
        before, self._window = self._window, None
        if before is None:
            return
        before.forget()
        self._attendance.end()
        now = self.window
        put(now, place_of(before))
        now.show_place(before.current_place)
        if before.isVisible():
            now.raise_up()
        before.hide()
        QTimer.singleShot(_LATE_ANSWERS_MS, before, before.deleteLater)


def _entry(row: Row) -> str:
    """The name for the menu; of what may not be started also why, before anybody presses it."""
    why = refused(row)
    return f"{row.name}: {why}" if why else row.name
