# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The window: a bar with the places at the start, the place itself beside it, and news above it."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from connection_client.domain.accounts import SessionStatus
from connection_client.domain.errors import FolderNotWritable
from connection_client.domain.language import _
from connection_client.ui.account_places import AccountPlaces
from connection_client.ui.ahead import Ahead
from connection_client.ui.bar import Bar
from connection_client.ui.drop import DropTarget
from connection_client.ui.front import bring_up
from connection_client.ui.help_places import HelpPlaces
from connection_client.ui.icons import window_icon
from connection_client.ui.message_strip import MessageStrip
from connection_client.ui.pages.applications import ApplicationsPage
from connection_client.ui.pages.help import HelpPage
from connection_client.ui.pages.history import HistoryPage
from connection_client.ui.pages.password import PasswordPage
from connection_client.ui.pages.settings import SettingsPage
from connection_client.ui.pages.sign_in import SignInPage
from connection_client.ui.pages.updates import UpdatesPage
from connection_client.ui.pages.you import YouPage
from connection_client.ui.placement import place_of, put
from connection_client.ui.shortcuts import add_shortcuts
from connection_client.ui.theme import step
from connection_client.ui.widgets.notice import Notice
from connection_client.ui.widgets.page import Page
from connection_client.ui.widgets.parts import box, column
from connection_client.ui.words import problem_text

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk

_FIRST_SIZE, _SMALLEST, _NARROW = (760, 560), (560, 420), 680
_MOST_OF_THE_SCREEN = 0.9
_WITHIN = {"history": "updates", "doctor": "help", "diagnostics": "help", "request": "help"}
_Page = TypeVar("_Page", bound=QWidget)


class Window(QWidget):
    """Closing it leaves the icon in the tray; `home_closed` tells that it was closed."""

    home_closed = Signal()
    setting_changed = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._moved = False  # whether the person has chosen a place already
        self.setObjectName("window")
        self.setWindowTitle(_("CONNECTION Client"))
        self.setWindowIcon(window_icon())
        self._take_place()
        self.pages = QStackedWidget()
        self.bar = Bar()
        self.bar.wanted.connect(self.show_place)
        self.buttons = self.bar.buttons
        self._account = AccountPlaces(desk, self.pages.addWidget, lambda: self.show_place("you"))
        self._helping = HelpPlaces(desk, self.pages.addWidget, self.show_place)
        self.strip = Notice()
        self.message = MessageStrip(desk)
        self.question = Notice()  # what somebody outside wants; it stays until it is answered
        self.drop = DropTarget(self, desk, self.strip, lambda: self.show_place("applications"))
        self._lay_out()
        add_shortcuts(self, self.show_place, self.search_applications)
        desk.session_changed.connect(self._on_session)
        desk.view_changed.connect(self._count)
        desk.failed.connect(lambda error: self.strip.say(problem_text(error), "warning"))
        self._ahead = Ahead(self)
        self._count()
        first = "you" if desk.session.status is SessionStatus.SIGNED_OUT else "applications"
        self.show_place(first, chosen=False)

    def _take_place(self) -> None:
        # Large type needs a larger window, but never one larger than the screen.
        free = self.screen().availableGeometry().size() * _MOST_OF_THE_SCREEN
        self.setMinimumSize(QSize(*(step(length) for length in _SMALLEST)).boundedTo(free))
        self.resize(QSize(*(step(length) for length in _FIRST_SIZE)).boundedTo(free))
        self._shown = False
        place = self.desk.rooms.window_places.load()
        if place is not None:
            put(self, place)

    def show_place(self, name: str, *, chosen: bool = True) -> None:
        """Go to applications, updates, you, help, settings, or a page within one of them."""
        self._moved = self._moved or chosen
        self.buttons[_WITHIN.get(name, name)].setChecked(True)
        place = self.place(name)
        self.pages.setCurrentWidget(place)
        if isinstance(place, Page | SignInPage):
            place.shown()

    def raise_up(self) -> None:
        """Bring the window before the person."""
        bring_up(self)

    @property
    def current_place(self) -> str:
        """The place that is shown."""
        return self.bar.current

    def forget(self) -> None:
        """Another window takes over: a sign-in that waits for the browser here is given up."""
        self._account.forget()

    def keep_place(self, *, at_once: bool = False) -> None:
        """Remember where the window is, for the next start; `at_once` where the program ends after this."""
        if self._shown:
            keep = partial(self.desk.rooms.window_places.keep, place_of(self))
            with suppress(FolderNotWritable):  # the next start then takes the place before
                keep() if at_once else self.desk.background.run(keep)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        self._shown = True
        super().showEvent(event)
        self._ahead.begin()

    def examine(self, path: Path) -> None:
        """A package file was handed over: say what it is, and ask."""
        self.drop.examine(path)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self.bar.set_compact(compact=event.size().width() < step(_NARROW))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        # Accepted, which only hides it: a window that refuses would also stop the program from ending.
        event.accept()
        self.keep_place()
        self.home_closed.emit()

    @cached_property
    def applications(self) -> ApplicationsPage:
        """The place that is shown first."""
        page = self._added(ApplicationsPage(self.desk))
        page.sign_in_wanted.connect(lambda: self.show_place("you"))
        return page

    @property
    def settings(self) -> SettingsPage:
        """Built when it is wanted, as every place but the first, or piece by piece while nobody waits."""
        while self.grow_settings():
            pass
        return self._settings

    def grow_settings(self) -> bool:
        """Build one more piece of the settings; whether more are to come."""
        return self._settings.grow()

    @cached_property
    def _settings(self) -> SettingsPage:
        page = self._added(SettingsPage(self.desk))
        page.changed.connect(self.setting_changed)
        return page

    @property
    def sign_in(self) -> SignInPage:
        """What stands in the place of You while nobody is signed in."""
        return self._account.sign_in

    @property
    def password(self) -> PasswordPage:
        """What "Forgot your password" opens."""
        return self._account.password

    @cached_property
    def updates(self) -> UpdatesPage:
        """The updates."""
        page = self._added(UpdatesPage(self.desk))
        page.history_wanted.connect(partial(self.show_place, "history"))
        return page

    @cached_property
    def history(self) -> HistoryPage:
        """What was installed from here."""
        page = self._added(HistoryPage(self.desk))
        page.left.connect(partial(self.show_place, "updates"))
        return page

    @property
    def you(self) -> YouPage:
        """The account."""
        return self._account.you

    @property
    def help(self) -> HelpPage:
        """The help."""
        return self._helping.help

    def place(self, name: str) -> QWidget:
        """The page of a place; You depends on whether somebody is signed in."""
        if name == "you":
            return self._account.current()
        holder = self._helping if _WITHIN.get(name, name) == "help" else self
        page: QWidget = getattr(holder, name)
        return page

    def _added(self, page: _Page) -> _Page:
        self.pages.addWidget(page)
        return page

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(0)
        for strip in (self.question, self.strip, self.message):
            around = box(column(strip, margins=(24, 16, 24, 0)))
            around.hide()
            strip.shown.connect(around.setVisible)
            side.addWidget(around)
        self.message.look()
        side.addWidget(self.pages, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addLayout(side, 1)

    def search_applications(self) -> None:
        """Go to where applications are searched for."""
        self.show_place("applications")
        self.applications.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_session(self) -> None:
        self.buttons["you"].set_attention(wanted=self.desk.session.status is SessionStatus.ENDED)
        here = self.buttons["you"].isChecked()
        if self._account.waits_for_another():
            return
        if self.desk.signed_in and isinstance(self.pages.currentWidget(), SignInPage | PasswordPage):
            self._account.arrive()
            self.show_place("applications", chosen=False)
        elif here or (self.desk.session.status is SessionStatus.SIGNED_OUT and not self._moved):
            self.show_place("you", chosen=False)

    def _count(self) -> None:
        self.buttons["updates"].set_count(len(self.desk.updates))
