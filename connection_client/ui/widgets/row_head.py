# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The face of a row: a tile, the name, the version and state, and the line of progress."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from connection_client.ui.face import Face
from connection_client.ui.icons import paint
from connection_client.ui.theme import BODY, SMALL, is_still, metrics, sized, step, text_width, tokens_now
from connection_client.ui.tokens import Tokens
from connection_client.ui.widgets.row_check import lead
from connection_client.ui.widgets.row_notes import RowNotes, notes_height
from connection_client.ui.widgets.tile import TILE, draw_tile
from connection_client.ui.widgets.tips import plain_tip

GAP, EDGE, STATE_ICON, STATE_GAP, LINE = 12, 16, 16, 6, 3
_MOVES_EVERY_MS, _MOVES_BY = 40, 0.018
_LONG_NAME = 28  # characters; from here on it may be shortened
_DOT = "  ·  "
_TALL = 10_000
_SEGMENT = 0.3  # the part of the line that moves while the end is unknown


def state_text(face: Face) -> str:
    """Version and state as one phrase."""
    return f"{face.version}{_DOT}{face.state}" if face.version else face.state


def text_height(face: Face, width: int) -> int:
    """The height of the state phrase in `width`: one line, or more where it does not fit."""
    room, text = metrics(SMALL), state_text(face)
    if text_width(text, SMALL) <= width:
        return room.lineSpacing()
    return room.boundingRect(0, 0, width, _TALL, Qt.TextFlag.TextWordWrap, text).height()


class RowState(QLabel):
    """Version and state with their shape; a label, so that it can be found and read aloud as one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._face: Face | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)  # a version is somebody else's text
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_face(self, face: Face) -> None:
        """Draw this face."""
        self._face = face
        self.setText(state_text(face))
        self.update()

    def wanted_height(self) -> int:
        """The height without which its text is cut."""
        room = max(self.width() - step(STATE_ICON) - step(STATE_GAP), 1)
        return text_height(self._face, room) if self._face is not None else 0

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        if self._face is None:
            return
        face, tokens = self._face, tokens_now()
        painter = QPainter(self)
        size, rtl = step(STATE_ICON), self.isRightToLeft()
        high = metrics(SMALL).lineSpacing()
        indent = size + step(STATE_GAP)
        paint(
            painter,
            face.icon,
            getattr(tokens, face.tone.value),
            _icon_area(self.width(), size, high, rtl=rtl),
        )
        painter.setFont(sized(self.font(), SMALL))
        painter.setPen(QColor(getattr(tokens, face.tone.value)))
        area = self.rect().adjusted(0, 0, -indent, 0) if rtl else self.rect().adjusted(indent, 0, 0, 0)
        side = Qt.AlignmentFlag.AlignLeft  # the painter turns it round for languages from right to left
        flags = (side | Qt.AlignmentFlag.AlignTop).value
        if self.height() > high or not face.version or rtl:
            painter.drawText(area, flags | Qt.TextFlag.TextWordWrap.value, self.text())
        else:
            # The version is a fact, the state is the news.
            version = f"{face.version}{_DOT}"
            painter.drawText(
                area.adjusted(metrics(SMALL).horizontalAdvance(version), 0, 0, 0), flags, face.state
            )
            painter.setPen(QColor(tokens.secondary))
            painter.drawText(area, flags, version)
        painter.end()


def _icon_area(width: int, size: int, line_height: int, *, rtl: bool) -> QRectF:
    return QRectF(width - size if rtl else 0, (line_height - size) / 2, size, size)


class RowHead(QPushButton):
    """Pressing it opens and closes the details; it lies behind the buttons of its row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._face: Face | None = None
        self._icon: QPixmap | None = None
        self._state = RowState(self)
        self._notes: RowNotes | None = None
        self._reserved = self._text_width = self._name_top = 0
        self._moving = 0.0
        self._mover = QTimer(self, interval=_MOVES_EVERY_MS)
        self._mover.timeout.connect(self._move)
        self.setProperty("kind", "row")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_face(self, face: Face) -> None:
        """Draw this face; a screen reader hears the name and then the state."""
        if face == self._face:
            return
        self._face = face
        self.setAccessibleName(face.name)
        self.setAccessibleDescription(". ".join(filter(None, (state_text(face), face.facts, face.news))))
        self._state.show_face(face)
        if self._notes is None and (face.facts or face.news):
            self._notes = RowNotes(self)
        if self._notes is not None:
            self._notes.show_face(face)
        self._place()
        self.setToolTip(plain_tip(face.name) if len(face.name) > _LONG_NAME else "")
        unknown = face.fraction is not None and face.fraction < 0
        moves = unknown and not is_still()
        if moves != self._mover.isActive():
            self._mover.start() if moves else self._mover.stop()
        self.update()

    def show_icon(self, icon: QPixmap | None) -> None:
        """The application's own icon; its initials stand for it where there is none."""
        if icon is not self._icon:
            self._icon = icon
            self.update()

    def reserve(self, width: int) -> None:
        """Keep `width` pixels at the end free for the buttons."""
        if width != self._reserved:
            self._reserved = width
            self._place()
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._place()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return QSize(step(320), step(64))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        # Arrow keys belong to the list; a button would move the focus among its siblings.
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        if self._face is None:
            return
        tokens = tokens_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, tokens)
        size = step(TILE)
        start = step(EDGE) + lead(self._face)
        tile = self._mirrored(QRect(start, (self.height() - size) // 2, size, size))
        draw_tile(painter, tokens, self._face, self._icon, tile)
        self._draw_name(painter, tokens, self._face)
        self._draw_progress(painter, tokens, self._face)
        painter.end()

    def _mirrored(self, area: QRect) -> QRect:
        if self.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            return area
        return QRect(self.width() - area.right() - 1, area.y(), area.width(), area.height())

    def _draw_ground(self, painter: QPainter, tokens: Tokens) -> None:
        inside = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        if self.isDown() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.pressed if self.isDown() else tokens.hover))
            painter.drawRoundedRect(inside, 5, 5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(inside.adjusted(1, 1, -1, -1), 5, 5)

    def _draw_name(self, painter: QPainter, tokens: Tokens, face: Face) -> None:
        room = metrics(BODY, strong=True)
        left = step(EDGE + TILE + GAP) + lead(face)
        area = QRect(left, self._name_top, self._text_width, room.lineSpacing())
        painter.setPen(QColor(tokens.text))
        painter.setFont(sized(self.font(), BODY, strong=True))
        side = Qt.AlignmentFlag.AlignLeft  # the painter turns it round for languages from right to left
        text = room.elidedText(face.name, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(self._mirrored(area), side | Qt.AlignmentFlag.AlignVCenter, text)

    def _place(self) -> None:
        if self._face is None:
            return
        left = step(EDGE + TILE + GAP) + lead(self._face)
        self._text_width = max(self.width() - left - self._reserved, 1)
        state_width = max(self._text_width - step(STATE_ICON) - step(STATE_GAP), 1)
        height, notes = text_height(self._face, state_width), notes_height(self._face, state_width)
        name_height = metrics(BODY, strong=True).lineSpacing()
        self._name_top = (self.height() - name_height - step(LINE) - height - notes) // 2
        area = QRect(left, self._name_top + name_height + step(LINE), self._text_width, height)
        self._state.setGeometry(self._mirrored(area))
        if self._notes is not None:
            indent = self._text_width - state_width
            self._notes.place(self._mirrored(QRect(left + indent, area.bottom() + 1, state_width, notes)))

    def _draw_progress(self, painter: QPainter, tokens: Tokens, face: Face) -> None:
        if face.fraction is None:
            return
        thick = step(LINE)
        track = QRectF(step(EDGE), self.height() - thick - step(2), self.width() - 2 * step(EDGE), thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(track, thick / 2, thick / 2)
        done = QRectF(track)
        if face.fraction < 0:
            # Where nothing may move, the segment stands in the middle.
            moving = 0.5 if is_still() else self._moving
            start = moving * (1 + _SEGMENT) - _SEGMENT
            done.setLeft(track.left() + max(start, 0) * track.width())
            done.setRight(track.left() + min(start + _SEGMENT, 1) * track.width())
        else:
            done.setWidth(track.width() * min(face.fraction, 1))
        painter.setBrush(QColor(tokens.accent))
        painter.drawRoundedRect(done, thick / 2, thick / 2)

    def _move(self) -> None:
        if self.isVisible() and not self.visibleRegion().isEmpty():
            self._moving = (self._moving + _MOVES_BY) % 1
            self.update(0, self.height() - step(LINE) - step(3), self.width(), step(LINE) + step(3))
