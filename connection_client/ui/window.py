# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The window: a bar with the places at the start, the place itself beside it, and news above it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from connection_client.domain.accounts import SessionStatus
from connection_client.domain.language import _
from connection_client.ui.drop import DropTarget
from connection_client.ui.icons import pixmap
from connection_client.ui.pages.applications import ApplicationsPage
from connection_client.ui.pages.help import HelpPage
from connection_client.ui.pages.password import PasswordPage
from connection_client.ui.pages.settings import SettingsPage
from connection_client.ui.pages.sign_in import SignInPage
from connection_client.ui.pages.updates import UpdatesPage
from connection_client.ui.pages.you import YouPage
from connection_client.ui.theme import LIGHT, step
from connection_client.ui.widgets.notice import Notice
from connection_client.ui.widgets.page import Page
from connection_client.ui.widgets.parts import Picture, box, column, label, line
from connection_client.ui.widgets.place_button import PlaceButton
from connection_client.ui.words import problem_text

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk

_FIRST_SIZE, _SMALLEST, _BAR_WIDTH = (760, 560), (560, 420), 168


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
        self.resize(QSize(*(step(length) for length in _FIRST_SIZE)))
        self.setMinimumSize(QSize(*_SMALLEST))
        self.pages = QStackedWidget()
        self.buttons: dict[str, PlaceButton] = {}
        self.places: dict[str, QWidget] = {}
        self._build_places()
        self.strip = Notice()
        self.drop = DropTarget(self, desk, self.strip, lambda: self.show_place("applications"))
        self._lay_out()
        self._add_keys()
        desk.session_changed.connect(self._on_session)
        desk.view_changed.connect(self._count)
        desk.failed.connect(lambda error: self.strip.say(problem_text(error), "warning"))
        self._count()
        self.show_place(
            "applications" if desk.session.status is not SessionStatus.SIGNED_OUT else "you", chosen=False
        )

    def show_place(self, name: str, *, chosen: bool = True) -> None:
        """Go to applications, updates, you, help or settings."""
        self._moved = self._moved or chosen
        self.buttons[name].setChecked(True)
        place = self._you() if name == "you" else self.places[name]
        self.pages.setCurrentWidget(place)
        if isinstance(place, Page | SignInPage):
            place.shown()

    def raise_up(self) -> None:
        """Bring the window before the person."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def examine(self, path: Path) -> None:
        """A package file was handed over: say what it is, and ask."""
        self.drop.examine(path)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        event.ignore()
        self.hide()
        self.home_closed.emit()

    def _build_places(self) -> None:
        desk = self.desk
        self.sign_in, self.password = SignInPage(desk), PasswordPage(desk)
        self.applications, self.settings = ApplicationsPage(desk), SettingsPage(desk)
        self.places = {
            "applications": self.applications,
            "updates": UpdatesPage(desk),
            "you": YouPage(desk),
            "help": HelpPage(desk),
            "settings": self.settings,
        }
        for page in (*self.places.values(), self.sign_in, self.password):
            self.pages.addWidget(page)
        self.applications.sign_in_wanted.connect(lambda: self.show_place("you"))
        self.settings.changed.connect(self.setting_changed)
        self.sign_in.forgot.connect(self._forgot)
        self.password.left.connect(self._leave_password)
        self.password.finished.connect(self._password_created)
        self._resetting = False

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setObjectName("bar")
        places = QVBoxLayout(bar)
        places.setContentsMargins(step(8), step(16), step(8), step(12))
        places.setSpacing(step(4))
        name = label("CONNECTION", "strong", wrap=False)
        places.addLayout(line(Picture("mark", "accent", 24), name, -1, margins=(8, 0, 0, 12)))
        group = QButtonGroup(self)
        entries = (
            ("applications", _("Applications"), "applications"),
            ("updates", _("Updates"), "updates"),
            ("you", _("You"), "you"),
            ("", "", ""),
            ("help", _("Help"), "help"),
            ("settings", _("Settings"), "settings"),
        )
        for place, text, icon_name in entries:
            if not place:
                places.addStretch(1)
                continue
            button = PlaceButton(text, icon_name)
            button.clicked.connect(self._goer(place))
            group.addButton(button)
            self.buttons[place] = button
            places.addWidget(button)
        bar.setMinimumWidth(step(_BAR_WIDTH))
        news = box(column(self.strip, margins=(24, 16, 24, 0)))
        news.setVisible(False)
        self.strip.shown.connect(news.setVisible)
        side = QVBoxLayout()
        side.setSpacing(0)
        side.addWidget(news)
        side.addWidget(self.pages, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(bar)
        whole.addLayout(side, 1)

    def _goer(self, place: str) -> Callable[[], None]:
        return lambda: self.show_place(place)

    def _add_keys(self) -> None:
        keys: dict[str | QKeySequence.StandardKey, Callable[[], object]] = {
            "Ctrl+1": self._goer("applications"),
            "Ctrl+2": self._goer("updates"),
            "Ctrl+3": self._goer("you"),
            "Ctrl+,": self._goer("settings"),
            QKeySequence.StandardKey.HelpContents: self._goer("help"),
            QKeySequence.StandardKey.Find: self._find,
            QKeySequence.StandardKey.Refresh: lambda: self.desk.refresh(manual=True),
            QKeySequence.StandardKey.Close: self.close,
        }
        for key, pressed in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(pressed)

    def _find(self) -> None:
        self.show_place("applications")
        self.applications.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _you(self) -> QWidget:
        if self.desk.session.account is not None and self.desk.session.status is not SessionStatus.ENDED:
            return self.places["you"]
        return self.password if self._resetting else self.sign_in

    def _on_session(self) -> None:
        self.sign_in.show_session()
        self.buttons["you"].set_attention(wanted=self.desk.session.status is SessionStatus.ENDED)
        here = self.buttons["you"].isChecked()
        if self.desk.signed_in and here and self.pages.currentWidget() in (self.sign_in, self.password):
            self._resetting = False
            self.show_place("applications", chosen=False)
        elif here or (self.desk.session.status is SessionStatus.SIGNED_OUT and not self._moved):
            self.show_place("you", chosen=False)

    def _count(self) -> None:
        self.buttons["updates"].set_count(len(self.desk.updates))

    def _forgot(self, email: str) -> None:
        self._resetting = True
        self.password.start_with(email)
        self.show_place("you")

    def _leave_password(self) -> None:
        self._resetting = False
        self.show_place("you")

    def _password_created(self, email: str) -> None:
        self._resetting = False
        self.show_place("you")
        self.sign_in.start_with(email)


def window_icon() -> QIcon:
    """The mark, for task bars and switchers."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128):
        made.addPixmap(pixmap("mark", LIGHT.accent, size, 1))
    return made
