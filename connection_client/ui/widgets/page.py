# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The frame of a place: a title line with its main action at the end, a strip for news, then the content."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from connection_client.domain.language import _
from connection_client.ui.theme import step
from connection_client.ui.widgets.notice import Notice
from connection_client.ui.widgets.parts import Button, card, label, line

WIDEST = 720  # a column of text wider than this is hard to read
CARD_WIDTH = 420


class Page(QWidget):
    """Subclasses add to `head` and `body`; `shown` is called each time the place is entered."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("content")
        self.setAccessibleName(title)
        self.title = label(title, "title", wrap=False)
        self.notice = Notice()
        self.head = QHBoxLayout()
        self.head.setSpacing(step(8))
        self.head.addWidget(self.title)
        self.title.setMinimumHeight(step(34))  # the line is as high without a button as with one
        self.head.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setSpacing(step(12))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(step(24), step(20), step(24), step(16))
        layout.setSpacing(step(16))
        layout.addLayout(self.head)
        layout.addWidget(self.notice)
        layout.addLayout(self.body, 1)

    def shown(self) -> None:
        """The place was entered."""


class SubPage(Page):
    """A page within a place; `left` asks to go back to it."""

    left = Signal()

    def __init__(self, title: str, place: str) -> None:
        super().__init__(title)
        arrow = "forward" if self.isRightToLeft() else "back"  # towards where reading begins
        self.back = Button("", self.left.emit, kind="icon", icon_name=arrow)
        # L10N: the button with an arrow; {place} is Help or Updates
        self.back.set_text(_("Back to {place}").format(place=place))
        self.head.insertWidget(0, self.back)


class Scrolled(QScrollArea):
    """Gives its content, a column of at most `widest`, exactly the height that its texts need there."""

    def __init__(self, inside: QWidget, widest: int) -> None:
        super().__init__()
        self._widest = widest
        inside.setObjectName("scrolled")
        self.setWidget(inside)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        super().showEvent(event)
        # What changed while it was hidden has asked for no new layout.
        QTimer.singleShot(0, self, self._fit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001, N802  # Qt's names
        moved = super().focusNextPrevChild(next)
        if moved and (there := self.focusWidget()) is not None:
            self.ensureWidgetVisible(there, 0, step(24))
        return moved

    def _fit(self) -> None:
        layout = self.widget().layout()
        if layout is None:
            return
        width = self.viewport().width()
        needs = (
            layout.totalHeightForWidth(min(width, step(self._widest)))
            if layout.hasHeightForWidth()
            else layout.totalSizeHint().height()
        )
        self.widget().resize(width, max(needs, self.viewport().height()))


def scrolled(layout: QLayout, *, centred: bool = False, widest: int = WIDEST) -> QScrollArea:
    """A column that scrolls when the window is too low for it."""
    held = QWidget()
    held.setLayout(layout)
    held.setMaximumWidth(step(widest))
    inside = QWidget()
    outer = QVBoxLayout(inside)
    outer.setContentsMargins(0, 0, step(2), 0)
    if centred:
        outer.addStretch(2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(held, 100)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(3)
    else:
        outer.addWidget(held)
        outer.addStretch(1)
    return Scrolled(inside, widest)


def scrolled_card(inside: QVBoxLayout) -> QWidget:
    """A card in the middle of its place."""
    held = card(inside)
    held.setMaximumWidth(step(CARD_WIDTH))
    return scrolled(line(held), centred=True, widest=CARD_WIDTH)
