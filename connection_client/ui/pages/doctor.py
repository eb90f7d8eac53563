# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The doctor: one line after the other appears as it is known, with how to mend what is wrong."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import QWidget

from connection_client.domain.findings import Verdict
from connection_client.domain.language import _, ngettext
from connection_client.ui.widgets.page import SubPage, scrolled
from connection_client.ui.widgets.parts import Button, Picture, card, column, label, line
from connection_client.workspace.doctor import MARKS, as_text

if TYPE_CHECKING:
    from connection_client.domain.findings import Check, Examined
    from connection_client.ui.desk import Desk

_LOUDNESS = (Verdict.FAIL, Verdict.WARNING, Verdict.PASS)
_DRAWN = {
    Verdict.PASS: ("check", "accent"),
    Verdict.WARNING: ("warning", "warning"),
    Verdict.FAIL: ("close", "danger"),
}


class DoctorPage(SubPage):
    """Looks when it is entered; leaving it ends the look after the check that is under way."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Doctor"), _("Help"))
        self._desk = desk
        self._found: list[Examined] = []
        self._stop = threading.Event()
        self.copy = Button(_("Copy as text"), self._copy, kind="icon", icon_name="copy")
        self.again = Button(_("Look again"), self.look, icon_name="refresh")
        self.head.addWidget(self.copy)
        self.head.addWidget(self.again)
        self.summary = label("", "secondary")
        self.lines = {check.name: Line(check) for check in desk.rooms.diagnostics.doctor.checks}
        self._listed = column(*self.lines.values(), space=14, margins=(16, 14, 16, 14))
        self.body.addWidget(self.summary)
        self.body.addWidget(scrolled(column(card(self._listed))), 1)

    def shown(self) -> None:
        self.look()

    def look(self) -> None:
        """Look at everything, off the main thread."""
        self._stop.set()
        stop = self._stop = threading.Event()
        self._found = []
        for each in self.lines.values():
            each.clear()
        self.copy.setEnabled(False)
        self.again.setEnabled(False)
        self.summary.setText(_("Looking at everything that this client needs"))
        post = self._desk.background.post
        doctor = self._desk.rooms.diagnostics.doctor

        def heard(one: Examined) -> None:
            if not stop.is_set():
                self._found.append(one)
                self.lines[one.name].say(one)

        self._desk.background.run(
            lambda: doctor.examine(lambda one: post(heard, one), stop.is_set),
            lambda _found: None if stop.is_set() else self._on_done(),
        )

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  # Qt's name
        self._stop.set()
        super().hideEvent(event)

    def _put_first_what_is_wrong(self) -> None:
        loud = {one.name: _LOUDNESS.index(one.finding.verdict) for one in self._found}
        for _name, each in sorted(self.lines.items(), key=lambda item: loud.get(item[0], len(_LOUDNESS))):
            self._listed.removeWidget(each)
            self._listed.addWidget(each)
            each.raise_()  # whoever has it read aloud hears them in the same order

    def _on_done(self) -> None:
        self._put_first_what_is_wrong()
        self.copy.setEnabled(True)
        self.again.setEnabled(True)
        wrong = sum(one.finding.verdict is Verdict.FAIL for one in self._found)
        doubtful = sum(one.finding.verdict is Verdict.WARNING for one in self._found)
        if wrong:
            text = ngettext("{count} thing does not work", "{count} things do not work", wrong)
        elif doubtful:
            text = ngettext(
                "Everything works; {count} thing could be better",
                "Everything works; {count} things could be better",
                doubtful,
            )
        else:
            text = _("Everything works")
        self.summary.setText(text.format(count=wrong or doubtful))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(as_text(self._found, _))


class Line(QWidget):
    """One check: its shape and a word say how it came out, then what was found and how to mend it."""

    def __init__(self, check: Check) -> None:
        super().__init__()
        self.title = label(_(check.title), "strong")
        self.picture = Picture("waiting", "secondary", 20)
        self.found = label("", "secondary", selectable=True)
        self.advice = label("", selectable=True)
        layout = line(self.picture, column(self.title, self.found, self.advice, space=2), space=12)
        layout.setAlignment(self.picture, Qt.AlignmentFlag.AlignTop)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.clear()

    def clear(self) -> None:
        """It is not known yet."""
        self.picture.set_picture("waiting", "disabled")
        for text in (self.found, self.advice):
            text.hide()

    def say(self, one: Examined) -> None:
        """Show what was found."""
        self.picture.set_picture(*_DRAWN[one.finding.verdict])
        said, advice = one.finding.said(_), one.finding.advice(_)
        self.found.setText(said)
        self.found.setAccessibleName(f"{_(one.title)}: {_(MARKS[one.finding.verdict])}: {said} {advice}")
        self.found.show()
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice))
