# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Where the rows of a list lie: their tops and heights, and the cards that are drawn beneath them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from connection_client.ui.face import Face
from connection_client.ui.theme import step, tokens_now
from connection_client.ui.widgets.row import row_height

SECTION = 36
_CORNER = 8


@dataclass(frozen=True)
class Section:
    """A heading within the list."""

    text: str


def key_of(entry: Face | Section) -> str:
    """What an entry is known by while its looks change."""
    return entry.key if isinstance(entry, Face) else f"section {entry.text}"


@dataclass(frozen=True)
class Geometry:
    """Tops and heights in pixels; one row may be followed by open details."""

    tops: list[int] = field(default_factory=list)
    heights: list[int] = field(default_factory=list)
    cards: list[QRect] = field(default_factory=list)
    hairlines: list[int] = field(default_factory=list)
    bottom: int = 0

    def between(self, top: int, bottom: int) -> range:
        """The entries that can be seen between two heights."""
        return range(max(bisect_right(self.tops, top) - 1, 0), bisect_right(self.tops, bottom))


def geometry_of(entries: Sequence[Face | Section], width: int, opened: int | None, details: int) -> Geometry:
    """Lay the entries out in `width`, with `details` pixels below the entry `opened`."""
    tops, heights, cards, hairlines = list[int](), list[int](), list[QRect](), list[int]()
    top, start = 0, -1
    for index, entry in enumerate(entries):
        if isinstance(entry, Section):
            if start >= 0:
                cards.append(QRect(0, start, width, top - start))
            start = -1
        elif start < 0:
            start = top
        else:
            hairlines.append(top)
        tops.append(top)
        heights.append(step(SECTION) if isinstance(entry, Section) else row_height(entry, width))
        top += heights[-1] + (details if index == opened else 0)
    if start >= 0:
        cards.append(QRect(0, start, width, top - start))
    return Geometry(tops, heights, cards, hairlines, top)


class Ground(QWidget):
    """What the rows lie on: one card for each run of rows."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        self.geometry_drawn = Geometry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        tokens = tokens_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(QColor(tokens.surface))
        for area in self.geometry_drawn.cards:
            if area.intersects(event.rect()):
                painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), _CORNER, _CORNER)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        first = bisect_right(self.geometry_drawn.hairlines, event.rect().top() - 1)
        for y in self.geometry_drawn.hairlines[first:]:
            if y > event.rect().bottom():
                break
            painter.drawLine(1, y, self.width() - 2, y)
        painter.end()
