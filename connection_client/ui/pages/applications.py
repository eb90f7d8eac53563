# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Applications: what is installed here and what could be, with a search and one next step each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from connection_client.domain.accounts import Keeping, SessionStatus
from connection_client.domain.key_store_errors import KeyStoreMissing
from connection_client.domain.language import _
from connection_client.ui.face import Face
from connection_client.ui.icons import icon
from connection_client.ui.operation import Stage
from connection_client.ui.pages.application_list import ApplicationList
from connection_client.ui.pages.last_checked import CheckButton, LastChecked
from connection_client.ui.theme import step, tokens_now
from connection_client.ui.widgets.empty import Empty
from connection_client.ui.widgets.list_ground import Section
from connection_client.ui.widgets.page import Page
from connection_client.ui.words import membership_text, problem_text

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk


class ApplicationsPage(Page):
    """Starts from what is cached and says how old that is."""

    sign_in_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Applications"))
        self._desk = desk
        self._told: object = None
        self.search = self._search_field()
        self.check = CheckButton(desk)
        self.head.addWidget(self.search)
        self.head.addWidget(self.check)
        self.list = ApplicationList(desk)
        self.list.care.said.connect(self.notice.say)
        self.empty = Empty()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        self.body.addWidget(self.stack, 1)
        self.age = LastChecked(desk)
        self.body.addWidget(self.age)
        desk.view_changed.connect(self._fill)
        desk.session_changed.connect(self._fill)
        desk.busy_changed.connect(self._fill)
        desk.operations.changed.connect(self._fill_notice)
        self._fill()

    def _search_field(self) -> QLineEdit:
        search = QLineEdit()
        search.setPlaceholderText(_("Search"))
        search.setAccessibleName(_("Search"))
        search.setClearButtonEnabled(True)
        search.setObjectName("search")
        search.setMaximumWidth(step(220))
        search.addAction(icon("search", tokens_now().secondary), QLineEdit.ActionPosition.LeadingPosition)
        for button in search.findChildren(QWidget):
            button.setAccessibleName(_("Clear search"))
        search.textChanged.connect(self._fill)
        search.installEventFilter(self)
        return search

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.list.focus_first()
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        wanted = self.search.text().strip().casefold()
        rows = {key: row for key, row in self._desk.keyed_rows().items() if wanted in row.name.casefold()}
        faces = self.list.faces(rows)
        entries: list[Face | Section] = []
        for text, installed in ((_("Installed"), True), (_("Available"), False)):
            part = [one for one in faces if one.installed is installed]
            if part:
                entries += [Section(text), *part]
        self.list.show_entries(entries)
        self.stack.setCurrentWidget(self.list if entries else self.empty)
        self.search.setEnabled(bool(self._desk.view.rows))
        if not entries:
            self._fill_empty(wanted)
        self._fill_notice()

    def _fill_empty(self, wanted: str) -> None:
        if wanted:
            text = _("No application is called “{text}”.").format(text=self.search.text().strip())
            self.empty.say("search", _("Nothing found"), text, _("Clear search"), self.search.clear)
        elif self._desk.refreshing or self._desk.session.status is SessionStatus.UNKNOWN:
            self.empty.say(
                "search", _("Looking at this computer"), _("Your applications appear here in a moment.")
            )
        elif not self._desk.signed_in:
            text = _("Sign in, and the applications of your organisation appear here, with their updates.")
            self.empty.say(
                "applications", _("No applications yet"), text, _("Sign in"), self.sign_in_wanted.emit
            )
        else:
            text = _(
                "Applications of your organisation appear here as soon as they are installed or offered."
            )
            links = self._desk.rooms.help.links
            verb = _("Open the downloads")
            self.empty.say(
                "package",
                _("No applications yet"),
                text,
                verb,
                lambda: self._desk.open_link(lambda: links().downloads),
            )

    def _fill_notice(self, _product_id: str = "") -> None:
        said = self._to_say()
        # What was put away stays away until there is something else to say.
        if said[0] != self._told:
            self._told = said[0]
            self.notice.say(*said)

    def _to_say(self) -> tuple[Any, ...]:
        """The words of the notice, how loud it is, and perhaps a button."""
        status, problem = self._desk.session.status, self._desk.view.problem
        sign_in = (_("Sign in"), self.sign_in_wanted.emit)
        if status is SessionStatus.ENDED:
            return _("Your sign-in has ended. Everything is kept."), "warning", sign_in
        if resumed := self._resumed():
            return resumed, "info"
        if status is SessionStatus.SIGNED_OUT and self._desk.view.rows:
            return _("Sign in to see your licences and to get updates."), "info", sign_in
        if problem is not None:
            again = (_("Try again"), lambda: self._desk.refresh(manual=True))
            return problem_text(problem), "warning", again
        return self._to_say_of_account()

    def _to_say_of_account(self) -> tuple[Any, ...]:
        session = self._desk.session
        if self._desk.signed_in and session.account is not None and membership_text(session.account):
            return membership_text(session.account), "warning"
        if self._desk.signed_in and session.keeping is Keeping.MEMORY:
            return problem_text(KeyStoreMissing()), "warning"
        return "", "info"

    def _resumed(self) -> str:
        """What an earlier run of the program had not finished, while that is so."""
        operations = self._desk.operations
        left = [one for one in operations.resumed if operations.of(one) is not None and not self._ended(one)]
        names = ", ".join(row.name for one in left if (row := self._desk.row(one)) is not None)
        if not names:
            return ""
        waits = any((op := operations.of(one)) is not None and op.stage is Stage.PAUSED for one in left)
        if waits:
            text = _(
                "CONNECTION Client ended before this was installed: {names}. "
                "What was downloaded is kept. Press Resume to go on."
            )
        else:
            text = _(
                "CONNECTION Client ended before this was installed: {names}. "
                "What was downloaded is kept, and it goes on from there."
            )
        return text.format(names=names)

    def _ended(self, product_id: str) -> bool:
        operation = self._desk.operations.of(product_id)
        return operation is None or operation.stage in (Stage.DONE, Stage.FAILED)
