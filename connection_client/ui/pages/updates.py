# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Updates: what is newer than what is installed, what it brings and costs, one by one or all at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from connection_client.domain.language import _, ngettext
from connection_client.domain.recommendations import Reason
from connection_client.domain.sizes import readable_size
from connection_client.ui.desk import has_update, now
from connection_client.ui.face import Act, Face
from connection_client.ui.moments import moment
from connection_client.ui.operation import Stage
from connection_client.ui.pages.application_list import ApplicationList
from connection_client.ui.phrases import can_install, download_size
from connection_client.ui.widgets.empty import Empty
from connection_client.ui.widgets.page import Page
from connection_client.ui.widgets.parts import Button, label
from connection_client.ui.words import from_to

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk
    from connection_client.workspace.view import Row


class UpdateList(ApplicationList):
    """Rows that say from which version to which."""

    def face_of(self, row: Row) -> Face:
        """The versions in place of one version, the size in place of the sentence."""
        made = super().face_of(row)
        wanted, installed = row.recommendation, row.installed
        if wanted is None or installed is None:
            return made
        versions = from_to(installed.version_text, wanted.release.version_text)
        if self._desk.operations.of(row.product_id) is not None:
            return replace(made, version=wanted.release.version_text)
        if made.act is not Act.UPDATE:
            return made
        parts = [download_size(wanted)]
        if Reason.SECURITY in wanted.reasons:
            parts.append(_("closes a security gap"))
        elif Reason.END_OF_SUPPORT in wanted.reasons:
            parts.append(_("your version is no longer looked after"))
        elif Reason.WITHDRAWN in wanted.reasons:
            parts.append(_("your version was withdrawn"))
        return replace(made, version=versions, state=", ".join(parts))


class UpdatesPage(Page):
    """The list, and the queue summarised once at the top."""

    history_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Updates"))
        self._desk = desk
        self.all = Button(_("Update all"), self._update_all, kind="primary")
        self.history = Button(_("History"), self.history_wanted.emit, kind="quiet")
        self.head.addWidget(self.history)
        self.head.addWidget(self.all)
        self.summary = label("", "secondary")
        self.list = UpdateList(desk)
        self.list.care.said.connect(self.notice.say)
        self.empty = Empty()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.stack, 1)
        desk.view_changed.connect(self._fill)
        desk.session_changed.connect(self._fill)
        desk.busy_changed.connect(self._fill)
        desk.operations.changed.connect(self._fill_summary)
        self._fill()

    def _fill(self) -> None:
        rows = self._desk.updates
        keyed = {key: row for key, row in self._desk.keyed_rows().items() if has_update(row)}
        self.list.show_entries([*self.list.faces(keyed)])
        self.stack.setCurrentWidget(self.list if rows else self.empty)
        if not rows:
            self._fill_empty()
        self._fill_summary()

    def _fill_summary(self, _product_id: str = "") -> None:
        rows = self._desk.updates
        ready = [row for row in rows if can_install(row.recommendation) and self._idle(row)]
        self.all.setVisible(len(rows) > 1)
        self.all.setEnabled(bool(ready))
        self.summary.setVisible(bool(rows))
        under_way = len(self._desk.operations.under_way)
        if under_way:
            text = ngettext("{count} installation under way", "{count} installations under way", under_way)
            self.summary.setText(text.format(count=under_way))
        else:
            packages = {
                p.path: p for row in rows if (w := row.recommendation) for p in (w.chain or (w.package,))
            }
            size = readable_size(sum(package.length for package in packages.values()))
            text = ngettext("{count} update, {size}", "{count} updates, {size} in all", len(rows))
            self.summary.setText(text.format(count=len(rows), size=size))

    def _idle(self, row: Row) -> bool:
        operation = self._desk.operations.of(row.product_id)
        return operation is None or not (operation.under_way or operation.stage is Stage.HELD)

    def _fill_empty(self) -> None:
        confirmed = self._desk.view.confirmed_at
        if self._desk.refreshing:
            self.empty.say("refresh", _("Checking for updates"), _("What is new appears here in a moment."))
            return
        if confirmed is None:
            heading, text = _("Not checked yet"), _("Updates of your applications appear here.")
        else:
            heading = _("Everything is up to date")
            text = _("Last checked: {moment}").format(moment=moment(confirmed, now()))
        self.empty.say("done", heading, text, _("Check for updates"), lambda: self._desk.refresh(manual=True))

    def _update_all(self) -> None:
        for row in self._desk.updates:
            if can_install(row.recommendation) and self._idle(row):
                self._desk.operations.start(row.product_id)
