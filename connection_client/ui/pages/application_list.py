# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What both lists have in common: rows that follow the desk, and what their buttons do."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from connection_client.domain.language import _
from connection_client.ui.face import Act, Face
from connection_client.ui.operation import Stage
from connection_client.ui.pages.care import Care
from connection_client.ui.pages.details import Details
from connection_client.ui.pages.row_menu import RowMenu
from connection_client.ui.phrases import face
from connection_client.ui.theme import step
from connection_client.ui.widgets.row import Row as RowWidget
from connection_client.ui.widgets.row_list import RowList
from connection_client.ui.widgets.tile import TILE

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk
    from connection_client.workspace.view import Row


class ApplicationList(RowList):
    """Presses of its buttons go to the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(self._details_of)
        self._desk = desk
        self._rows: dict[str, Row] = {}
        self.care = Care(desk, self)
        self.acted.connect(self._act)
        self.cancelled.connect(self._cancel)
        self.more_wanted.connect(self._more)
        desk.operations.changed.connect(self._on_operation)
        desk.history_changed.connect(self._on_history)
        desk.icons.arrived.connect(self._on_icon)

    def faces(self, rows: dict[str, Row]) -> list[Face]:
        """How these rows look now."""
        self._rows = rows
        return [replace(self.face_of(row), key=key) for key, row in rows.items()]

    def face_of(self, row: Row) -> Face:
        """How one row looks now; of several versions, the one that is replaced shows the operation."""
        operation = self._desk.operations.of(row.product_id)
        if operation is not None and row != self._desk.row(row.product_id):
            operation = None
        made = face(row, operation, self._desk.administrators)
        if row.product_id in self._desk.starting:
            return replace(made, state=_("Starting"), icon="open", act=None, fraction=-1.0)
        return made

    def _place(self, index: int) -> None:
        super()._place(index)
        self._show_icon(self._live[index])

    def _on_icon(self, product_id: str) -> None:
        for widget in self._live.values():
            if isinstance(widget, RowWidget) and self._rows[widget.key].product_id == product_id:
                self._show_icon(widget)

    def _show_icon(self, widget: QWidget) -> None:
        if isinstance(widget, RowWidget):
            pixels = round(step(TILE) * self.devicePixelRatioF())
            widget.head.show_icon(self._desk.icons.of(self._rows[widget.key], pixels))

    def _details_of(self, key: str) -> QWidget:
        row = self._rows.get(key)
        return Details(self._desk, row, self.care) if row is not None else QWidget()

    def _act(self, key: str, act: str) -> None:
        row = self._rows.get(key)
        if row is None:
            return
        match Act[act]:
            case Act.OPEN:
                self._desk.launch(row.product_id)
            case Act.UPDATE | Act.INSTALL | Act.RESUME | Act.RETRY:
                self._desk.operations.start(row.product_id)
            case Act.PAUSE:
                self._desk.operations.pause(row.product_id)
            case Act.LOCKED:
                self.toggle(key)

    def _cancel(self, key: str) -> None:
        row = self._rows.get(key)
        if row is None:
            return
        operation = self._desk.operations.of(row.product_id)
        if operation is not None and operation.stage is Stage.FAILED:
            self._desk.operations.forget(row.product_id)
        else:
            self._desk.operations.cancel(row.product_id)

    def _on_operation(self, product_id: str) -> None:
        operation = self._desk.operations.of(product_id)
        stage = operation.stage if operation is not None else Stage.DONE
        for key, row in self._rows.items():
            if row.product_id != product_id:
                continue
            self.show_face(replace(self.face_of(row), key=key))
            if stage is Stage.FAILED and self.open_key != key and row == self._desk.row(product_id):
                self.toggle(key)
            elif stage in (Stage.FAILED, Stage.DONE, Stage.HELD) and self.open_key == key:
                self.refresh_details()

    def _on_history(self) -> None:
        if self.open_key:
            self.refresh_details()

    def _more(self, key: str, button: QWidget) -> None:
        row = self._rows.get(key)
        if row is None:
            return
        menu = self.menu_of(key, row)
        menu.aboutToHide.connect(menu.deleteLater)
        right = button.isLeftToRight()
        corner = button.mapToGlobal(QPoint(button.width() if right else 0, button.height() + step(2)))
        menu.popup(corner - QPoint(menu.sizeHint().width() if right else 0, 0))

    def menu_of(self, key: str, row: Row) -> QMenu:
        """Everything one can do with an application."""
        menu = RowMenu(self, self._desk, row, self.care)
        menu.fill(partial(self.toggle, key), details_shown=self.open_key == key)
        return menu
