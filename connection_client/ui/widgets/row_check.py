# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The box at the start of a row that says whether the row is among the selected ones."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from connection_client.domain.language import _
from connection_client.ui.face import Face
from connection_client.ui.theme import step, tokens_now
from connection_client.ui.tokens import Tokens

BOX, AROUND = 18, 6  # the box, and what may be pressed on each side of it
_CORNER, _GAP = 4, 12


def lead(face: Face) -> int:
    """How much room the box takes at the start of a row; none where the row cannot be selected."""
    return 0 if face.picked is None else step(BOX + _GAP)


class RowCheck(QCheckBox):
    """Checked, partly checked and not are told by the mark in the box, not by colour alone.

    `pressed_by_person` tells of a mouse, a key or a screen reader, never of what the program shows.
    """

    pressed_by_person = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._showing = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.checkStateChanged.connect(self._on_change)

    def show_face(self, face: Face) -> None:
        """Be what this face says."""
        self.setVisible(face.picked is not None)
        self.show_state(Qt.CheckState.Checked if face.picked else Qt.CheckState.Unchecked)
        self.setEnabled(face.pickable)
        # L10N: what a screen reader says of the box at the start of a row; {name} is an application
        self.setAccessibleName(_("Select {name}").format(name=face.name))

    def show_state(self, state: Qt.CheckState) -> None:
        """Show this state, which nobody pressed."""
        self._showing = True
        self.setCheckState(state)
        self._showing = False

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return QSize(step(BOX + 2 * AROUND), step(BOX + 2 * AROUND))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return self.sizeHint()

    def hitButton(self, _position: object) -> bool:  # noqa: N802  # Qt's name
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        # Arrow keys belong to the list; a button would move the focus among its siblings.
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        tokens = tokens_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = step(BOX)
        box = QRectF((self.width() - size) / 2, (self.height() - size) / 2, size, size)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), step(_CORNER) + 3, step(_CORNER) + 3)
        fill, edge = self._colours(tokens)
        painter.setPen(QPen(QColor(edge), 1.5))
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), step(_CORNER), step(_CORNER))
        pen = QPen(QColor(tokens.on_accent if self.isEnabled() else tokens.surface), size / 9)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline([box.topLeft() + point * size for point in self._mark()])
        painter.end()

    def _on_change(self, _state: Qt.CheckState) -> None:
        # A screen reader toggles without a click.
        if not self._showing:
            self.pressed_by_person.emit()

    def _colours(self, tokens: Tokens) -> tuple[str, str]:
        if self.checkState() is Qt.CheckState.Unchecked:
            enabled = self.isEnabled()
            return (tokens.surface, tokens.secondary) if enabled else (tokens.pressed, tokens.disabled)
        return (tokens.accent, tokens.accent) if self.isEnabled() else (tokens.disabled, tokens.disabled)

    def _mark(self) -> list[QPointF]:
        """The points of the mark, as shares of the box."""
        match self.checkState():
            case Qt.CheckState.Checked:
                return [QPointF(0.27, 0.52), QPointF(0.43, 0.68), QPointF(0.74, 0.35)]
            case Qt.CheckState.PartiallyChecked:
                return [QPointF(0.28, 0.5), QPointF(0.72, 0.5)]
        return []
