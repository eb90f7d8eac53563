# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A list of any length: only the rows that can be seen are widgets, so that 10,000 cost what 10 cost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from connection_client.ui.face import Face
from connection_client.ui.theme import step
from connection_client.ui.widgets.list_ground import SECTION, Geometry, Ground, Section, geometry_of, key_of
from connection_client.ui.widgets.parts import label
from connection_client.ui.widgets.row import Row, row_height

_BORDER = 1  # pixel, of the ground around the list
_AHEAD = 2  # rows beyond the visible ones, so that a step with the arrow keys finds its neighbour


class RowList(QScrollArea):
    """Shows faces and sections; at most one row is open, and `make_details` builds what it opens."""

    acted = Signal(str, str)
    cancelled = Signal(str)
    picked = Signal(str, bool)
    more_wanted = Signal(str, object)
    opened = Signal(str)

    def __init__(self, make_details: Callable[[str], QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make_details = make_details
        self._entries: list[Face | Section] = []
        self._geometry = Geometry()
        self._live: dict[int, QWidget] = {}
        self._spare: list[Row] = []
        self._open = ""
        self._details: QWidget | None = None
        self._details_height = 0
        self._ground = Ground()
        self.setWidget(self._ground)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().valueChanged.connect(self._realise)

    @property
    def open_key(self) -> str:
        """The row whose details are open, or an empty text."""
        return self._open

    def show_entries(self, entries: list[Face | Section]) -> None:
        """Show these instead; the open row stays open while it is among them."""
        if entries == self._entries:
            return
        same_shape = [key_of(entry) for entry in entries] == [key_of(entry) for entry in self._entries]
        self._entries = entries
        if not same_shape:
            self._retire_all()
        if self._open and not any(key_of(entry) == self._open for entry in entries):
            self._open = ""
        self._lay_out()

    def show_face(self, face: Face) -> None:
        """Change one row, as progress does many times a second."""
        for index, entry in enumerate(self._entries):
            if isinstance(entry, Face) and entry.key == face.key:
                self._entries[index] = face
                if row_height(entry, self._width()) != row_height(face, self._width()):
                    self._lay_out()
                elif isinstance(row := self._live.get(index), Row):
                    row.show_face(face)
                return

    def toggle(self, key: str) -> None:
        """Open the details of a row, or close them."""
        self._open = "" if self._open == key else key
        self.refresh_details()
        self.opened.emit(self._open)
        index = self._index(key)
        if index is not None and self._open:
            height = self._geometry.heights[index] + self._details_height
            bottom = min(
                self._geometry.tops[index] + height, self._geometry.tops[index] + self.viewport().height()
            )
            bar = self.verticalScrollBar()
            bar.setValue(max(min(bar.value(), self._geometry.tops[index]), bottom - self.viewport().height()))

    def refresh_details(self) -> None:
        """Build the open details anew from what is known now."""
        self._drop_details()
        self._lay_out()

    def focus_first(self) -> None:
        """Put the focus on the first row."""
        self._focus(next((i for i, entry in enumerate(self._entries) if isinstance(entry, Face)), -1))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_ground"):
            self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        faces = [i for i, entry in enumerate(self._entries) if isinstance(entry, Face)]
        here = next(
            (i for i, row in self._live.items() if row.isAncestorOf(self.focusWidget() or self)), None
        )
        if not faces or here not in faces:
            super().keyPressEvent(event)
            return
        at = faces.index(here)
        page = max(1, self.viewport().height() // step(64))
        steps = {
            Qt.Key.Key_Up: at - 1,
            Qt.Key.Key_Down: at + 1,
            Qt.Key.Key_PageUp: at - page,
            Qt.Key.Key_PageDown: at + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(faces) - 1,
        }
        if event.key() in steps:
            self._focus(faces[min(max(steps[Qt.Key(event.key())], 0), len(faces) - 1)])
        else:
            super().keyPressEvent(event)

    def _width(self) -> int:
        return self.viewport().width()

    def _index(self, key: str) -> int | None:
        return next((i for i, entry in enumerate(self._entries) if key_of(entry) == key), None)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        super().showEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        if not self.isVisible():
            return  # it is done when it shows
        width = self._width()
        opened = self._index(self._open) if self._open else None
        self._measure_details(width - 2 * _BORDER if opened is not None else 0)
        self._geometry = geometry_of(self._entries, width, opened, self._details_height)
        self._ground.geometry_drawn = self._geometry
        self._ground.resize(width, self._geometry.bottom)
        self._realise()
        self._ground.update()

    def _measure_details(self, width: int) -> None:
        if not width:
            self._drop_details()
            return
        if self._details is None:
            self._details = self._make_details(self._open)
            self._details.setParent(self._ground)
            self._details.resize(width, self._details.sizeHint().height())
            self._details.show()  # only what is shown has its fonts, and so its true height
        layout = self._details.layout()
        if layout is None:
            return
        layout.activate()
        wants = (
            layout.totalHeightForWidth(width)
            if layout.hasHeightForWidth()
            else layout.totalSizeHint().height()
        )
        self._details_height = wants

    def _drop_details(self) -> None:
        if self._details is not None:
            self._details.hide()
            self._details.deleteLater()
        self._details, self._details_height = None, 0

    def _realise(self) -> None:
        top = self.verticalScrollBar().value()
        seen = self._geometry.between(top, top + self.viewport().height())
        wanted = range(max(seen.start - _AHEAD, 0), min(seen.stop + _AHEAD, len(self._entries)))
        for index in [index for index in self._live if index not in wanted]:
            self._retire(index)
        for index in wanted:
            self._place(index)
        opened = self._index(self._open) if self._open else None
        if self._details is not None and opened is not None:
            top = self._geometry.tops[opened] + self._geometry.heights[opened]
            self._details.setGeometry(_BORDER, top, self._width() - 2 * _BORDER, self._details_height)
            self._details.show()

    def _place(self, index: int) -> None:
        entry = self._entries[index]
        widget = self._live.get(index)
        if widget is None:
            widget = self._row() if isinstance(entry, Face) else label(entry.text, "section", wrap=False)
            widget.setParent(self._ground)
            self._live[index] = widget
        if isinstance(widget, Row) and isinstance(entry, Face):
            widget.show_face(entry)
        inset = step(4) if isinstance(widget, QLabel) else 0
        widget.setGeometry(
            inset, self._geometry.tops[index], self._width() - inset, self._geometry.heights[index]
        )
        widget.show()

    def _row(self) -> Row:
        if self._spare:
            return self._spare.pop()
        row = Row(self._ground)
        row.acted.connect(self.acted)
        row.cancelled.connect(self.cancelled)
        row.picked.connect(self.picked)
        row.more_wanted.connect(self.more_wanted)
        row.toggled.connect(self.toggle)
        return row

    def _retire(self, index: int) -> None:
        widget = self._live[index]
        if widget.isAncestorOf(self.focusWidget() or self):
            return  # the focus is never taken away by scrolling
        del self._live[index]
        widget.hide()
        if isinstance(widget, Row):
            self._spare.append(widget)
        else:
            widget.deleteLater()

    def _retire_all(self) -> None:
        for widget in self._live.values():
            widget.hide()
            self._spare.append(widget) if isinstance(widget, Row) else widget.deleteLater()
        self._live.clear()

    def _focus(self, index: int) -> None:
        if not 0 <= index < len(self._entries):
            return
        top, height = self._geometry.tops[index], self._geometry.heights[index]
        bar = self.verticalScrollBar()
        bar.setValue(max(min(bar.value(), top - step(SECTION)), top + height - self.viewport().height()))
        self._realise()
        row = self._live.get(index)
        if isinstance(row, Row):
            row.head.setFocus(Qt.FocusReason.TabFocusReason)
