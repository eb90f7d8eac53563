# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What was installed from here: when, from which version to which, how it ended, and its log."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from connection_client.domain.language import _
from connection_client.domain.texts import SETUP_BEGUN, TEXTS
from connection_client.ui.desk import now
from connection_client.ui.moments import moment
from connection_client.ui.theme import step
from connection_client.ui.widgets.empty import Empty
from connection_client.ui.widgets.page import SubPage, scrolled
from connection_client.ui.widgets.parts import Button, Picture, card, clear, column, label, line
from connection_client.ui.widgets.reading import Reading
from connection_client.ui.words import from_to
from connection_client.updates.history import INSTALLED, STARTED, HistoryEntry
from connection_client.workspace.logs import log_text

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk

_AT_ONCE = 50  # entries; more are shown when they are asked for
_LOG_HEIGHT = 200


class HistoryPage(SubPage):
    """Newest first; the search looks at names and versions."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("History"), _("Updates"))
        self._desk = desk
        self._most = _AT_ONCE
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search the history"))
        self.search.setAccessibleName(_("Search the history"))
        self.search.setClearButtonEnabled(True)
        self.entries = QVBoxLayout()
        self.entries.setSpacing(step(8))
        self.more = Button(_("Show more"), self._show_more)
        self.empty = Empty()
        self.stack = QStackedWidget()
        self.stack.addWidget(scrolled(column(self.entries, line(-1, self.more, -1), space=12)))
        self.stack.addWidget(self.empty)
        self.body.addWidget(self.search)
        self.body.addWidget(self.stack, 1)
        self.search.textChanged.connect(self._on_searched)
        desk.history_changed.connect(self._fill)
        self._fill()

    def shown(self) -> None:
        self._desk.load_history()

    def _on_searched(self, _text: str) -> None:
        self._most = _AT_ONCE
        self._fill()

    def _show_more(self) -> None:
        self._most += _AT_ONCE
        self._fill()

    def _fill(self) -> None:
        wanted = self.search.text().strip().casefold()
        found = [entry for entry in self._desk.history if wanted in _words(entry)]
        clear(self.entries)
        for entry in found[: self._most]:
            self.entries.addWidget(Entry(self._desk, entry))
        self.more.setVisible(len(found) > self._most)
        self.search.setVisible(bool(self._desk.history))
        self.stack.setCurrentIndex(0 if found else 1)
        if not self._desk.history:
            text = _("What you install or update from here is listed with its log.")
            self.empty.say("package", _("Nothing was installed from here yet"), text)
        elif not found:
            self.empty.say("search", _("Nothing fits the search"), "", _("Show all"), self.search.clear)


class Entry(QWidget):
    """One installation; its log opens below it."""

    def __init__(self, desk: Desk, entry: HistoryEntry) -> None:
        super().__init__()
        self._desk, self._entry = desk, entry
        well = entry.outcome == INSTALLED
        self.said = from_to(entry.before, entry.after)
        picture = Picture("check" if well else "warning", "accent" if well else "warning", 20)
        outcome = _("Installed") if well else _outcome(entry)
        words = column(
            label(entry.name, "strong"), label(self.said, "small"), label(outcome, "small"), space=2
        )
        self.log = Button(_("Show the log"), self._open, kind="link")
        # L10N: what a screen reader says of the button; {name} is an application
        self.log.setAccessibleName(_("Show the log of {name}").format(name=entry.name))
        self.log.setVisible(entry.log is not None)
        when = label(moment(entry.at, now()), "small", wrap=False)
        end = column(when, self.log, space=2)
        end.setAlignment(when, Qt.AlignmentFlag.AlignTrailing)
        row = line(picture, words, end, space=12)
        row.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
        row.setStretch(1, 1)
        self.below = column(row, space=8, margins=(16, 12, 12, 12))
        self.reading: Reading | None = None
        outer = column(card(self.below))
        self.setLayout(outer)

    def _open(self) -> None:
        if self.reading is not None:
            self.reading.setVisible(self.reading.isHidden())
            self.log.setText(_("Show the log") if self.reading.isHidden() else _("Hide the log"))
            return
        self.reading = Reading(_("Log"))
        self.reading.setFixedHeight(step(_LOG_HEIGHT))
        self.below.addWidget(self.reading)
        self.log.setText(_("Hide the log"))
        self._desk.background.run(partial(log_text, self._entry.log), self._on_log)

    def _on_log(self, text: str) -> None:
        if self.reading is not None:
            self.reading.setPlainText(text or _("The log is empty, or was cleared away."))


def _outcome(entry: HistoryEntry) -> str:
    """What happened, by the first sentence of the error's text; its facts are in the log alone."""
    if entry.outcome == STARTED:
        return _(SETUP_BEGUN)
    text = _(TEXTS.get(entry.outcome, TEXTS["unexpected"]))
    sentence = text.partition(". ")[0].replace("{name}", entry.name)
    return f"{sentence}." if "{" not in sentence else _("Not installed; the log tells why.")


def _words(entry: HistoryEntry) -> str:
    return f"{entry.name} {entry.before} {entry.after} {entry.outcome}".casefold()
