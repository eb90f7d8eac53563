# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What all pages look at and ask: the session and the list as last known, brought to the main thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from connection_client.domain.accounts import SessionState, SessionStatus
from connection_client.domain.errors import BrowserDidNotOpen, NetworkError
from connection_client.ui.app_icons import AppIcons
from connection_client.ui.choices import UpdateChoices
from connection_client.ui.looking import Looking
from connection_client.ui.news import News
from connection_client.ui.operation import Operation, Stage
from connection_client.ui.operations import Operations
from connection_client.ui.requests import Requests

if TYPE_CHECKING:
    from pathlib import Path

    from connection_client.domain.accounts import Account, Person
    from connection_client.ui.background import Background
    from connection_client.workspace.rooms import Rooms
    from connection_client.workspace.view import HistoryEntry, Row, View


class Desk(QObject):
    """Listens to the services and repeats what they say on the main thread."""

    session_changed = Signal()
    view_changed = Signal()
    history_changed = Signal()
    busy_changed = Signal()
    failed = Signal(object)  # an exception that belongs to no field and no row

    def __init__(self, rooms: Rooms, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rooms = rooms
        self.background = background
        self.operations = Operations(background, rooms.workspace, rooms.agreed, self)
        self.requests = Requests(rooms, background, self)
        self.news = News(self)
        self.icons = AppIcons(rooms.icons, background, self)
        self.choices = UpdateChoices(background, rooms.workspace, self)
        self.choices.failed.connect(self.failed)
        self.session: SessionState = rooms.session.state
        self.view: View = rooms.workspace.view
        self.history: tuple[HistoryEntry, ...] = ()
        self.starting: frozenset[str] = frozenset()
        self.recent: tuple[str, ...] = ()
        self._looking = Looking(rooms, background, self)
        self._looking.busy_changed.connect(self.busy_changed)
        self._looking.found.connect(self._on_found)
        self._looking.failed.connect(self.failed)
        self._heard: View | None = None
        self._found = False
        self.attended: Callable[[], bool] = lambda: True
        self._unsubscribe: tuple[Callable[[], None], ...] = ()
        self.operations.changed.connect(self._on_operation)
        self.requests.failed.connect(self.failed)

    def start(self) -> None:
        """Show what is cached, restore the session, then ask the Center."""
        post = self.background.post
        self._unsubscribe = (
            self.rooms.session.subscribe(lambda state: post(self._on_session, state)),
            self.rooms.workspace.subscribe(self._hear_view),
            self.requests.listen(),
            self.rooms.wakeups(lambda: post(self._looking.wake, None)),
        )
        self.background.run(self.rooms.workspace.open, self._on_view)
        self.background.run(self.rooms.session.restore, self._on_restored, self._on_not_restored)
        self.background.run(self.rooms.recent, self._on_recent)
        self.load_history()
        self.choices.load()

    def close(self) -> None:
        """Stop listening."""
        self._looking.close()
        self.operations.close()
        for unsubscribe in self._unsubscribe:
            unsubscribe()

    @property
    def refreshing(self) -> bool:
        """Whether a look is under way."""
        return self._looking.under_way

    @property
    def signed_in(self) -> bool:
        """Whether somebody is signed in."""
        return self.session.status is SessionStatus.SIGNED_IN

    @property
    def administrators(self) -> tuple[Person, ...]:
        """Whom to ask."""
        return self.session.account.administrators if self.session.account is not None else ()

    @property
    def updates(self) -> tuple[Row, ...]:
        """The installed applications with a newer release."""
        return tuple(row for row in self.view.rows if has_update(row))

    def row(self, product_id: str) -> Row | None:
        """The row of that product."""
        return self.view.row(product_id)

    def keyed_rows(self) -> dict[str, Row]:
        """The rows by a key of their own: several versions of a product may lie side by side."""
        keyed: dict[str, Row] = {}
        seen: Counter[str] = Counter()
        for row in self.view.rows:
            number = seen[row.product_id]
            seen[row.product_id] += 1
            keyed[f"{row.product_id}#{number}" if number else row.product_id] = row
        return keyed

    def refresh(self, *, manual: bool = False) -> None:
        """Look again at this computer and at the Center."""
        self._looking.look(manual=manual)

    def take_up(self) -> None:
        """Go on with what was agreed to; what would fail at once waits for the first look and the network."""
        if self._found:
            self.operations.take_up(attended=self.attended())

    def load_history(self) -> None:
        """Read what was installed when."""
        self.background.run(self.rooms.workspace.history, self._on_history)

    def launch(self, product_id: str, files: tuple[Path, ...] = ()) -> None:
        """Start an application; its row says so until it has started or failed."""
        if product_id in self.starting:
            return
        self.starting |= {product_id}
        self.view_changed.emit()
        self.background.run(
            lambda: self.rooms.launch(product_id, files),
            lambda _nothing: self._on_launched(product_id, None),
            lambda error: self._on_launched(product_id, error),
        )

    def open_link(self, link: Callable[[], str] | str) -> None:
        """Show an address in the browser; asking for it may take a moment."""

        def job() -> None:
            url = link if isinstance(link, str) else link()
            if not self.rooms.open_in_browser(url):
                raise BrowserDidNotOpen(url=url)

        self.background.run(job, on_error=self.failed.emit)

    def write_to(self, person: Person) -> None:
        """Open the person's mail program."""
        self.open_link(f"mailto:{person.email}")

    def request_service(self, product_id: str, version: str) -> None:
        """Open a service request with product and version filled in."""
        self.open_link(lambda: self.rooms.help.service_request(product_id, version))

    def sign_out(self) -> None:
        """End the session."""
        self.background.run(self.rooms.session.sign_out, on_error=self.failed.emit)

    def _on_session(self, state: SessionState) -> None:
        before, self.session = self.session, state
        self.session_changed.emit()
        self.requests.load()
        was_in = before.status is SessionStatus.SIGNED_IN and _key(before.account) == _key(state.account)
        arrived = state.status is SessionStatus.SIGNED_IN and not was_in
        left = before.status is SessionStatus.SIGNED_IN and state.status is not SessionStatus.SIGNED_IN
        if arrived or left:
            self.refresh()

    def _on_recent(self, recent: tuple[str, ...]) -> None:
        self.recent = recent
        self.view_changed.emit()

    def _on_restored(self, state: SessionState) -> None:
        self._on_session(state)
        self.refresh()

    def _on_not_restored(self, error: Exception) -> None:
        self.failed.emit(error)
        self.refresh()

    def _hear_view(self, view: View) -> None:
        # A download publishes many views a second, on its own thread; the main thread gets the last one.
        waiting, self._heard = self._heard, view
        if waiting is None:
            self.background.post(self._take_heard, None)

    def _take_heard(self, _nothing: None) -> None:
        view, self._heard = self._heard, None
        if view is not None:
            self._on_view(view)

    def _on_found(self, view: View) -> None:
        self._on_view(view)
        self._found = self._found or not isinstance(view.problem, NetworkError)
        self.take_up()

    def _on_view(self, view: View) -> None:
        # What is installed from here shows its own progress; only others' progress is news.
        own = self.operations.of
        rows = tuple(
            replace(row, busy=None) if row.busy and own(row.product_id) else row for row in view.rows
        )
        view = replace(view, rows=rows)
        if view != self.view:
            self.view = view
            self.view_changed.emit()

    def _on_history(self, history: tuple[HistoryEntry, ...]) -> None:
        self.history = history
        self.history_changed.emit()

    def _on_launched(self, product_id: str, error: Exception | None) -> None:
        self.starting -= {product_id}
        if error is None:
            self.recent = (product_id, *(known for known in self.recent if known != product_id))[:5]
        self.view_changed.emit()
        if error is not None:
            self.failed.emit(error)

    def _on_operation(self, product_id: str) -> None:
        operation: Operation | None = self.operations.of(product_id)
        if operation is not None and operation.stage in (Stage.DONE, Stage.FAILED):
            self.load_history()


def _key(account: Account | None) -> tuple[str, str]:
    return (account.issuer, account.subject) if account else ("", "")


def has_update(row: Row) -> bool:
    """Whether it is installed and a newer release is recommended."""
    return row.installed is not None and row.recommendation is not None


def now() -> datetime:
    """The moment, in the zone of this computer."""
    return datetime.now().astimezone()
