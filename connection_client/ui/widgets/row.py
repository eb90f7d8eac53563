# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""One application in a list: its face, one button for the next step, and a menu for the rest."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from connection_client.domain.language import _
from connection_client.ui.face import Act, Face
from connection_client.ui.theme import BODY, SMALL, metrics, step, text_width
from connection_client.ui.widgets.parts import Button
from connection_client.ui.widgets.row_check import AROUND, RowCheck, lead
from connection_client.ui.widgets.row_head import EDGE, GAP, STATE_GAP, STATE_ICON, RowHead, text_height
from connection_client.ui.widgets.row_notes import notes_height
from connection_client.ui.widgets.tile import TILE

HEIGHT = 64
_BUTTON_WIDTH, _MORE_WIDTH, _SPACE, _PADDING = 92, 32, 8, 34


def row_height(face: Face, width: int) -> int:
    """The height of a face in a list of `width`: 64 at 100 %, more where the phrase takes two lines."""
    start = step(EDGE + TILE + GAP) + lead(face)
    text = max(width - start - step(STATE_ICON) - step(STATE_GAP) - reserved(face), 1)
    below = notes_height(face, text)
    return step(HEIGHT) + text_height(face, text) + below - metrics(SMALL).lineSpacing()


def button_width(act: Act) -> int:
    """Wide enough for the verb, and never narrower than its neighbours."""
    return max(text_width(_(act.value), BODY, strong=True) + step(_PADDING), step(_BUTTON_WIDTH))


def reserved(face: Face) -> int:
    """How much of a row its buttons take."""
    width = step(EDGE - 4) + step(_MORE_WIDTH) + step(_SPACE)
    width += button_width(face.act) + step(_SPACE) if face.act is not None else 0
    return width + (step(_MORE_WIDTH) if face.can_cancel else 0)


class Row(QWidget):
    """Signals what was asked for; the page knows what it means."""

    acted = Signal(str, str)
    cancelled = Signal(str)
    picked = Signal(str, bool)
    toggled = Signal(str)
    more_wanted = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.face: Face | None = None
        self.head = RowHead(self)
        self.check = RowCheck(self)
        self.check.pressed_by_person.connect(self._pick)
        self.act = Button("", self._act, parent=self)
        self.cancel = Button(_("Cancel"), self._cancel, kind="icon", icon_name="close", parent=self)
        self.more = Button(_("More"), self._more, kind="icon", icon_name="more", parent=self)
        self.head.clicked.connect(self._toggle)
        for before, after in pairwise(self.controls):
            QWidget.setTabOrder(before, after)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What the tabulator key leads to, in this order."""
        return self.check, self.head, self.act, self.cancel, self.more

    @property
    def key(self) -> str:
        """Which row this is."""
        return self.face.key if self.face is not None else ""

    def show_face(self, face: Face) -> None:
        """Show this face."""
        if face == self.face:
            return
        self.face = face
        self.head.show_face(face)
        self.check.show_face(face)
        self.act.setVisible(face.act is not None)
        if face.act is not None:
            self.act.set_text(_(face.act.value))
            # L10N: what a screen reader says of the button: {verb} is Open, Update, …, {name} an application
            self.act.setAccessibleName(_("{verb} {name}").format(verb=_(face.act.value), name=face.name))
            self.act.set_kind("primary" if face.act is Act.UPDATE else "normal")
        self.cancel.setVisible(face.can_cancel)
        self.cancel.set_text(_("Cancel {name}").format(name=face.name))
        # L10N: the button with three dots; {name} is an application
        self.more.set_text(_("More about {name}").format(name=face.name))
        self._place()

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        self._place()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return QSize(step(320), step(HEIGHT))

    def _place(self) -> None:
        self.head.setGeometry(self.rect())
        if self.face is None:
            return
        self._place_check()
        end = self.width() - step(EDGE - 4)
        act_width = button_width(self.face.act) if self.face.act is not None else 0
        for button, width, space in (
            (self.more, step(_MORE_WIDTH), 0 if self.face.can_cancel else step(_SPACE)),
            (self.cancel, step(_MORE_WIDTH) if self.face.can_cancel else 0, step(_SPACE)),
            (self.act, act_width, 0),
        ):
            if not width:
                continue
            height = button.sizeHint().height()
            left = self.width() - end if self.isRightToLeft() else end - width
            button.setGeometry(left, (self.height() - height) // 2, width, height)
            end -= width + space
        self.head.reserve(reserved(self.face))

    def _place_check(self) -> None:
        size, start = self.check.sizeHint(), step(EDGE) - step(AROUND)
        left = self.width() - start - size.width() if self.isRightToLeft() else start
        self.check.setGeometry(left, (self.height() - size.height()) // 2, size.width(), size.height())

    def _pick(self) -> None:
        self.picked.emit(self.key, self.check.isChecked())

    def _act(self) -> None:
        if self.face is not None and self.face.act is not None:
            self.acted.emit(self.key, self.face.act.name)

    def _cancel(self) -> None:
        self.cancelled.emit(self.key)

    def _more(self) -> None:
        self.more_wanted.emit(self.key, self.more)

    def _toggle(self) -> None:
        self.toggled.emit(self.key)
