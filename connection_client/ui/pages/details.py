# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a row opens in place: why it stopped, what is new, versions, licence, evidence, history."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from connection_client.domain.entitlements import Refusal
from connection_client.domain.language import _
from connection_client.domain.licence_words import refusal_reason, warning
from connection_client.domain.recommendations import Blocker
from connection_client.ui.desk import now
from connection_client.ui.moments import day, moment
from connection_client.ui.operations import Stage
from connection_client.ui.phrases import download_size
from connection_client.ui.theme import step
from connection_client.ui.widgets.flow import Flow
from connection_client.ui.widgets.notice import Notice
from connection_client.ui.widgets.parts import Button, label
from connection_client.ui.widgets.row_head import EDGE, GAP, TILE
from connection_client.ui.words import names, problem_text
from connection_client.updates.history import INSTALLED, HistoryEntry

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk
    from connection_client.workspace.view import Row

_LAST = 5  # entries of the history


class Details(QWidget):
    """Built when a row opens, and again when what it says has changed."""

    def __init__(self, desk: Desk, row: Row) -> None:
        super().__init__()
        self._desk, self._row = desk, row
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
            notice.say(problem_text(operation.error), "danger", closable=False)
            return
        text = self._refusal()
        people = self._desk.administrators
        if not text:
            return
        actions = tuple(
            (_("Write to {name}").format(name=one.name or one.email), partial(self._desk.write_to, one))
            for one in people[:1]
        )
        notice.say(text, "warning", *actions, icon_name="lock", closable=False)

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
        return Flow(*buttons, request)


def _told(entry: HistoryEntry) -> str:
    versions = f"{entry.before} → {entry.after}" if entry.before else entry.after
    outcome = _("Installed") if entry.outcome == INSTALLED else _("Stopped")
    return f"{moment(entry.at, now())}: {outcome} {versions}"
