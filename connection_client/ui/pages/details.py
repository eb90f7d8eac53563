# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a row opens in place: why it stopped, what is new, versions, licence, evidence, history."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from connection_client.domain.entitlements import Refusal
from connection_client.domain.errors import ApplicationRunning, NeedsRights
from connection_client.domain.language import _
from connection_client.domain.licence_words import refusal_reason, warning
from connection_client.domain.recommendations import Blocker
from connection_client.ui.desk import now
from connection_client.ui.moments import day, moment
from connection_client.ui.operation import Operation, Stage
from connection_client.ui.phrases import download_size
from connection_client.ui.theme import step
from connection_client.ui.widgets.flow import Flow
from connection_client.ui.widgets.notice import Notice
from connection_client.ui.widgets.parts import Button, label
from connection_client.ui.widgets.row_head import EDGE, GAP
from connection_client.ui.widgets.tile import TILE
from connection_client.ui.words import from_to, names, problem_text
from connection_client.updates.history import INSTALLED, HistoryEntry

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk
    from connection_client.ui.pages.care import Care
    from connection_client.workspace.view import Row

_LAST = 5  # entries of the history
_MOST_WINDOWS = 3


class Details(QWidget):
    """Built when a row opens, and again when what it says has changed."""

    def __init__(self, desk: Desk, row: Row, care: Care) -> None:
        super().__init__()
        self._desk, self._row, self._care = desk, row, care
        layout = QVBoxLayout(self)
        layout.setContentsMargins(step(EDGE + TILE + GAP), step(4), step(EDGE), step(16))
        layout.setSpacing(step(12))
        self._add_problem(layout)
        self._add_news(layout)
        layout.addLayout(self._facts())
        layout.addLayout(self._actions())

    def _add_problem(self, layout: QVBoxLayout) -> None:
        operation = self._desk.operations.of(self._row.product_id)
        notice = Notice()
        layout.addWidget(notice)  # before it speaks: a widget without a parent would be a window
        if operation is not None and operation.stage is Stage.FAILED and operation.error is not None:
            self._say_failure(layout, notice, operation)
            return
        text = self._refusal()
        people = self._desk.administrators
        if not text:
            self._say_rights(notice)
            return
        actions = tuple(
            (_("Write to {name}").format(name=one.name or one.email), partial(self._desk.write_to, one))
            for one in people[:1]
        )
        notice.say(text, "warning", *actions, icon_name="lock", closable=False)

    def _say_failure(self, layout: QVBoxLayout, notice: Notice, operation: Operation) -> None:
        if isinstance(operation.error, ApplicationRunning):
            self._ask_to_close(layout, notice, operation)
        elif isinstance(operation.error, NeedsRights) and self._row.recommendation is not None:
            to_it = (_("Send to IT"), lambda: self._care.send_to_it(self._row))
            notice.say(problem_text(operation.error), "warning", to_it, icon_name="lock", closable=False)
        else:
            notice.say(problem_text(operation.error), "danger", closable=False)

    def _say_rights(self, notice: Notice) -> None:
        """Before anything is downloaded: nobody here can give the rights that it needs."""
        wanted = self._row.recommendation
        if wanted is None or Blocker.NEEDS_RIGHTS not in wanted.blockers:
            return
        text = _(
            "Installing {name} needs administrator rights, which nobody can give on this computer. "
            "Nothing was downloaded. Send it to your IT department."
        )
        to_it = (_("Send to IT"), lambda: self._care.send_to_it(self._row))
        notice.say(text.format(name=self._row.name), "warning", to_it, icon_name="lock", closable=False)

    def _ask_to_close(self, layout: QVBoxLayout, notice: Notice, operation: Operation) -> None:
        """Never ended from here: it is asked to close, or waited for, or left for another day."""
        operations, product_id = self._desk.operations, self._row.product_id
        name = self._row.name
        windows = ", ".join(f"“{title}”" for title in operation.windows[:_MOST_WINDOWS])
        if windows:
            text = _(
                "{name} is open: {windows}. It is only asked to close: what is not saved stays yours to save."
            )
        else:
            text = _("{name} is open. It is only asked to close: what is not saved stays yours to save.")
        verbs = (
            (_("Close and go back"), _("Go back when it is closed"))
            if operation.back
            else (_("Close and update"), _("Update when it is closed"))
        )
        notice.say(text.format(name=name, windows=windows), "info", icon_name="open", closable=False)
        layout.addLayout(
            Flow(
                Button(verbs[0], lambda: operations.hold(product_id, asking=True), kind="primary"),
                Button(verbs[1], lambda: operations.hold(product_id)),
                Button(_("Later"), lambda: operations.forget(product_id)),
            )
        )

    def _refusal(self) -> str:
        entitlement, wanted = self._row.entitlement, self._row.recommendation
        if (
            entitlement is not None
            and not entitlement.entitled
            and entitlement.reason is not Refusal.NOT_SIGNED_IN
        ):
            facts = {
                "name": self._row.name,
                "reason": refusal_reason(entitlement, now()),
            }
            text = _("{name} may not be used: {reason}. It stays as it is. Ask {administrators}.")
            return text.format(administrators=names(self._desk.administrators), **facts)
        if wanted is not None and Blocker.ROLE_MISSING in wanted.blockers:
            text = _(
                "Downloading needs the role “Product Delivery - Download”. Ask {administrators} to grant it."
            )
            return text.format(administrators=names(self._desk.administrators))
        return ""

    def _add_news(self, layout: QVBoxLayout) -> None:
        wanted = self._row.recommendation
        if wanted is None or not wanted.release.notes_summary:
            return
        text = _("What is new in {version}").format(version=wanted.release.version_text)
        layout.addWidget(label(text, "section", wrap=False))
        layout.addWidget(label(wanted.release.notes_summary, selectable=True))

    def _facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(step(16))
        grid.setVerticalSpacing(step(6))
        grid.setColumnStretch(1, 1)
        before = ""
        for name, value in self._lines():
            at = grid.rowCount()
            key = label(name if name != before else "", "small", wrap=False)
            before = name
            said = label(value, "fact", selectable=True)
            grid.addWidget(key, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(said, at, 1)
        return grid

    def _lines(self) -> list[tuple[str, str]]:
        lines: list[tuple[str, str]] = []
        installed, wanted, entitlement = self._row.installed, self._row.recommendation, self._row.entitlement
        if installed is not None:
            lines.append((_("Installed"), installed.version_text or _("unknown version")))
        if wanted is not None:
            release = wanted.release
            facts = {
                "version": release.version_text,
                "date": day(release.date),
                "size": download_size(wanted),
            }
            lines.append((_("Newest"), _("{version} of {date}, {size}").format(**facts)))
            if wanted.needs_rights and Blocker.NEEDS_RIGHTS not in wanted.blockers:
                lines.append((_("Rights"), _("Installing it asks once for administrator rights")))
        if entitlement is not None and entitlement.entitled:
            until = entitlement.until
            text = (
                _("Licensed. Works offline until {moment}").format(moment=moment(until, now()))
                if until
                else _("Licensed")
            )
            lines.append((_("Licence"), warning(entitlement, now()) or text))
        found = installed.evidence if installed is not None else ()
        lines.extend((_("Found by"), f"{evidence.source}: {evidence.where}") for evidence in found)
        lines.extend(self._history())
        return lines

    def _history(self) -> list[tuple[str, str]]:
        mine = [entry for entry in self._desk.history if entry.product_id == self._row.product_id]
        return [(_("History"), _told(entry)) for entry in mine[:_LAST]]

    def _actions(self) -> Flow:
        row = self._row
        buttons: list[QWidget] = []
        if row.recommendation is not None and row.recommendation.release.notes_url:
            url = row.recommendation.release.notes_url
            buttons.append(Button(_("Release notes"), lambda: self._desk.open_link(url), icon_name="open"))
        version = row.installed.version_text if row.installed is not None else ""
        request = Button(
            _("Request service"),
            lambda: self._desk.request_service(row.product_id, version),
            icon_name="request",
        )
        buttons.append(request)
        operations = self._desk.operations
        if row.earlier:
            text = _("Go back to {version}").format(version=row.earlier)
            back = Button(text, lambda: operations.go_back(row.product_id, row.earlier), icon_name="back")
            buttons.append(back)
        if row.installed is not None:
            wrong = Button(_("This is wrong"), lambda: self._care.report(row), icon_name="warning")
            buttons.append(wrong)
        return Flow(*buttons)


def _told(entry: HistoryEntry) -> str:
    versions = from_to(entry.before, entry.after)
    outcome = _("Installed") if entry.outcome == INSTALLED else _("Stopped")
    restart = _(", restart needed") if entry.restart else ""
    return f"{moment(entry.at, now())}: {outcome} {versions}{restart}"
