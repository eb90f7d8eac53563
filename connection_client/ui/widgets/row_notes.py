# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a row says below its state: facts, and what is new in one line."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from connection_client.ui.face import Face
from connection_client.ui.theme import SMALL, metrics, sized, step, tokens_now
from connection_client.ui.widgets.parts import label

_SIDE = "\u2068"  # FSI of Unicode's UAX 9: the publisher's language has its own direction
_SPACE = 3
_TALL = 10_000


def notes_height(face: Face, width: int) -> int:
    """The height of both in `width`, with the space above each; 0 where there is nothing to say."""
    facts = _facts_height(face, width) + step(_SPACE) if face.facts else 0
    return facts + (metrics(SMALL).lineSpacing() + step(_SPACE) if face.news else 0)


def _facts_height(face: Face, width: int) -> int:
    # Even a single line is measured: the letters of another font stand taller than its own.
    high = metrics(SMALL).boundingRect(0, 0, width, _TALL, Qt.TextFlag.TextWordWrap, face.facts).height()
    return max(high, metrics(SMALL).lineSpacing())


class RowNotes:
    """The facts are a label, which wraps; the news are cut where the line ends, and whole in the details."""

    def __init__(self, parent: QWidget) -> None:
        self._face: Face | None = None
        self._facts = label("", "small")
        self._facts.setParent(parent)
        self._news = _OneLine(parent)
        for widget in (self._facts, self._news):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            widget.hide()

    def show_face(self, face: Face) -> None:
        """Say what this face says."""
        self._face = face
        self._facts.setText(face.facts)
        self._facts.setVisible(bool(face.facts))
        self._news.show_text(face.news)

    def place(self, area: QRect) -> None:
        """Stand in `area`, whose height is `notes_height`."""
        if self._face is None:
            return
        top = area.top()
        if self._face.facts:
            high = _facts_height(self._face, area.width())
            self._facts.setGeometry(area.left(), top + step(_SPACE), area.width(), high)
            top += high + step(_SPACE)
        self._news.setGeometry(area.left(), top + step(_SPACE), area.width(), metrics(SMALL).lineSpacing())


class _OneLine(QWidget):
    """Drawn, and no label of its own: a screen reader hears it with the row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = ""

    def show_text(self, text: str) -> None:
        self._text = text
        self.setVisible(bool(text))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        painter = QPainter(self)
        painter.setFont(sized(self.font(), SMALL))
        painter.setPen(QColor(tokens_now().secondary))
        text = metrics(SMALL).elidedText(_SIDE + self._text, Qt.TextElideMode.ElideRight, self.width())
        side = Qt.AlignmentFlag.AlignLeft  # the painter turns it round for languages from right to left
        painter.drawText(self.rect(), side | Qt.AlignmentFlag.AlignTop, text)
        painter.end()
