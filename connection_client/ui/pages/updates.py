# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Updates: what is newer than what is installed, what it brings and costs, one by one or selected."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from connection_client.domain.language import _, ngettext
from connection_client.domain.sizes import readable_size
from connection_client.ui.desk import has_update
from connection_client.ui.expected import bytes_of, is_critical, size_and_time, span
from connection_client.ui.pages.last_checked import CheckButton, LastChecked, checked_text
from connection_client.ui.pages.update_list import UpdateList
from connection_client.ui.widgets.empty import Empty
from connection_client.ui.widgets.page import Page
from connection_client.ui.widgets.parts import Button, box, label, line
from connection_client.ui.widgets.row_check import AROUND, RowCheck
from connection_client.ui.widgets.row_head import EDGE

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk
    from connection_client.workspace.view import Row


class UpdatesPage(Page):
    """The list, its selection and the queue summarised once at the top, how old it is at the foot."""

    history_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Updates"))
        self._desk = desk
        self.all = Button(_("Update all"), self._update_selected, kind="primary")
        self.history = Button(_("History"), self.history_wanted.emit, kind="quiet")
        self.head.addWidget(self.history)
        self.head.addWidget(self.all)
        self.list = UpdateList(desk)
        self.list.care.said.connect(self.notice.say)
        self.list.selection_changed.connect(self._fill_summary)
        self.empty = Empty()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        self.body.addWidget(self._make_top())
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self._make_foot())
        self.list.followed_by = self.check
        desk.view_changed.connect(self._fill)
        desk.session_changed.connect(self._fill)
        desk.busy_changed.connect(self._fill)
        desk.operations.changed.connect(self._fill_summary)
        self._fill()

    def _make_top(self) -> QWidget:
        self.every = RowCheck()
        self.every.setAccessibleName(_("Select all"))
        self.every.pressed_by_person.connect(self._select_all)
        self.summary = label("", "secondary")
        # The box stands above those of the rows.
        held = line(self.every, self.summary, space=12 - AROUND, margins=(EDGE - AROUND, 0, 0, 0))
        held.setStretch(1, 1)
        self.top = box(held)
        return self.top

    def _make_foot(self) -> QWidget:
        self.age, self.check = LastChecked(self._desk), CheckButton(self._desk)
        held = line(self.age, self.check)
        held.setStretch(0, 1)
        self.foot = box(held)
        return self.foot

    def _fill(self) -> None:
        self.list.forget_what_left()
        rows = {key: row for key, row in self._desk.keyed_rows().items() if has_update(row)}
        first = sorted(rows.items(), key=lambda pair: not is_critical(pair[1].recommendation))
        self.list.show_entries([*self.list.faces(dict(first))])
        self.stack.setCurrentWidget(self.list if rows else self.empty)
        self.foot.setVisible(bool(rows))
        if not rows:
            self._fill_empty()
        self._fill_summary()

    def _fill_summary(self, _product_id: str = "") -> None:
        selected, selectable = self.list.selected, self.list.selectable
        self.top.setVisible(bool(self._desk.updates))
        self.summary.setText(self._summary(len(selected) if len(selected) < len(selectable) else None))
        self._fill_button(len(selected), len(selectable))
        self.every.setEnabled(bool(selectable))
        some = Qt.CheckState.PartiallyChecked if selected else Qt.CheckState.Unchecked
        whole = len(selected) == len(selectable) and bool(selected or self._desk.operations.under_way)
        self.every.show_state(Qt.CheckState.Checked if whole else some)

    def _fill_button(self, selected: int, selectable: int) -> None:
        self.all.setVisible(bool(self._desk.updates))
        self.all.setEnabled(selected > 0)
        if selected == selectable:
            self.all.set_text(_("Update all"))
        elif selected:
            text = ngettext("Update {count} selected", "Update {count} selected", selected)
            self.all.set_text(text.format(count=selected))
        else:
            self.all.set_text(_("Update selected"))

    def _summary(self, selected: int | None) -> str:
        """What is under way, or how many there are and what they load; of fewer, how many are `selected`."""
        under_way = len(self._desk.operations.under_way)
        if under_way:
            text = ngettext("{count} installation under way", "{count} installations under way", under_way)
            return text.format(count=under_way)
        count, pace = len(self._desk.updates), self._desk.view.pace
        if selected == 0:
            return _("Nothing is selected")
        if selected is not None:
            chosen = size_and_time(_bytes_of(self.list.selected), pace)
            text = ngettext(
                "{selected} of {count} selected, {size}", "{selected} of {count} selected, {size}", count
            )
            return text.format(selected=selected, count=count, size=chosen)
        size = _bytes_of(self._desk.updates)
        text = ngettext("{count} update, {size}", "{count} updates, {size} in all", count)
        said = [text.format(count=count, size=readable_size(size))]
        # L10N: {time} is how long a download may take, as in "2 min"
        said += [_("about {time}").format(time=span(size / pace))] if pace > 0 else []
        return ", ".join(said)

    def _fill_empty(self) -> None:
        if self._desk.refreshing:
            self.empty.say("refresh", _("Checking for updates"), _("What is new appears here in a moment."))
            return
        if self._desk.view.confirmed_at is None:
            heading, text = _("Not checked yet"), _("Updates of your applications appear here.")
        else:
            heading, text = _("Everything is up to date"), checked_text(self._desk)
        self.empty.say("done", heading, text, _("Check for updates"), lambda: self._desk.refresh(manual=True))

    def _select_all(self) -> None:
        self.list.select_all(selected=len(self.list.selected) < len(self.list.selectable))

    def _update_selected(self) -> None:
        for row in self.list.selected:
            self._desk.operations.start(row.product_id)


def _bytes_of(rows: Iterable[Row]) -> int:
    return bytes_of(row.recommendation for row in rows if row.recommendation is not None)
