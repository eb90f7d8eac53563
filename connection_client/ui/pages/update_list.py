# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The rows of the updates: from which version to which, what each costs and brings; some are selected."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from connection_client.ui.expected import costs, facts, is_critical
from connection_client.ui.face import Act, Face, Tone
from connection_client.ui.operation import Stage
from connection_client.ui.pages.application_list import ApplicationList
from connection_client.ui.phrases import can_install
from connection_client.ui.widgets.row import Row as RowWidget
from connection_client.ui.widgets.row_check import RowCheck, lead
from connection_client.ui.words import from_to

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk
    from connection_client.workspace.view import Row


class UpdateList(ApplicationList):
    """All that can be installed is selected until a person leaves it out; `selection_changed` says so.

    The tabulator key leads from the last row to `followed_by`.
    """

    selection_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._left_out: frozenset[str] = frozenset()
        self._tabbed: list[RowWidget] = []
        self.followed_by: QWidget | None = None
        self.picked.connect(self._pick)

    @property
    def selectable(self) -> list[Row]:
        """What could be installed now, the important ones first."""
        return [row for row in by_severity(self._desk.updates) if self._can_start(row)]

    @property
    def selected(self) -> list[Row]:
        """Those of them that nobody left out."""
        return [row for row in self.selectable if row.product_id not in self._left_out]

    def select_all(self, *, selected: bool) -> None:
        """Select everything that can be installed, or nothing."""
        self._leave_out(frozenset() if selected else frozenset(row.product_id for row in self.selectable))

    def face_of(self, row: Row) -> Face:
        """The versions in place of one version, what it costs in place of the sentence, what it brings."""
        made = super().face_of(row)
        wanted, installed = row.recommendation, row.installed
        if wanted is None or installed is None:
            return made
        picked = can_install(wanted) and row.product_id not in self._left_out
        made = replace(
            made,
            facts=facts(wanted),
            news=" ".join(wanted.release.notes_summary.split()),
            picked=picked,
            pickable=self._can_start(row),
        )
        if self._desk.operations.of(row.product_id) is not None:
            return replace(made, version=wanted.release.version_text)
        if made.act is not Act.UPDATE:
            return made
        versions = from_to(installed.version_text, wanted.release.version_text)
        made = replace(made, version=versions, state=costs(wanted, self._desk.view.pace))
        return replace(made, icon="warning", tone=Tone.WARNING) if is_critical(wanted) else made

    def forget_what_left(self) -> None:
        """What is no longer offered is selected again when something newer is."""
        self._left_out &= {row.product_id for row in self._desk.updates}

    def _can_start(self, row: Row) -> bool:
        operation = self._desk.operations.of(row.product_id)
        idle = operation is None or not (operation.under_way or operation.stage is Stage.HELD)
        return idle and can_install(row.recommendation)

    def _pick(self, key: str, picked: bool) -> None:  # noqa: FBT001  # a signal
        row = self._rows.get(key)
        if row is not None:
            one = frozenset({row.product_id})
            self._leave_out(self._left_out - one if picked else self._left_out | one)

    def _leave_out(self, left_out: frozenset[str]) -> None:
        self._left_out = left_out
        for key, row in self._rows.items():
            self.show_face(replace(self.face_of(row), key=key))
        self.selection_changed.emit()

    def _realise(self) -> None:
        """Rows are made and used again as the list is scrolled: the tabulator key follows what is seen."""
        super()._realise()
        rows = [row for _, row in sorted(self._live.items()) if isinstance(row, RowWidget)]
        if rows != self._tabbed:
            self._tabbed = rows
            last = [self.followed_by] if self.followed_by is not None else []
            for before, after in pairwise([*(one for row in rows for one in row.controls), *last]):
                QWidget.setTabOrder(before, after)

    def _focus(self, index: int) -> None:
        """From a box the arrow keys lead to the next box."""
        from_box = isinstance(self.focusWidget(), RowCheck)
        super()._focus(index)
        row = self._live.get(index)
        if from_box and isinstance(row, RowWidget) and row.check.isEnabled():
            row.check.setFocus(Qt.FocusReason.TabFocusReason)

    def _details_of(self, key: str) -> QWidget:
        made = super()._details_of(key)
        layout, row = made.layout(), self._rows.get(key)
        if layout is not None and row is not None:
            margins = layout.contentsMargins()
            margins.setLeft(margins.left() + lead(self.face_of(row)))
            layout.setContentsMargins(margins)
        return made


def by_severity(rows: tuple[Row, ...]) -> list[Row]:
    """The important ones first; otherwise in the order of the list."""
    return sorted(rows, key=lambda row: not is_critical(row.recommendation))
