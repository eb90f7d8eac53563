# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What programs on this computer want and have of the person, brought to the main thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from connection_client.domain.consents import Caller, Consent, Question
    from connection_client.ui.background import Background
    from connection_client.workspace.rooms import Rooms


class Requests(QObject):
    """The questions that wait, the consents that hold, and the programs that have asked."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, rooms: Rooms, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms, self._background = rooms, background
        self.questions: tuple[Question, ...] = ()
        self.consents: tuple[Consent, ...] = ()
        self.callers: tuple[Caller, ...] = ()

    def listen(self) -> Callable[[], None]:
        """Follow what changes; gives the function that ends it."""
        post = self._background.post
        return self._rooms.applications.subscribe(lambda: post(lambda _nothing: self.load(), None))

    def load(self) -> None:
        """Look anew."""
        applications, callers = self._rooms.applications, self._rooms.callers
        self._background.run(
            lambda: (applications.questions(), applications.consents(), callers()), self._show
        )

    def answer(self, question: Question, *, agreed: bool) -> None:
        """The person's answer to a program that wants a token; it is not asked about any more."""
        self.questions = tuple(one for one in self.questions if one != question)
        self.changed.emit()
        applications = self._rooms.applications
        self._background.run(lambda: applications.answer(question, agreed=agreed), on_error=self.failed.emit)

    def withdraw(self, consent: Consent) -> None:
        """Give that program no more tokens."""
        applications = self._rooms.applications
        self._background.run(lambda: applications.withdraw(consent), on_error=self.failed.emit)

    def _show(self, found: tuple[tuple[Question, ...], tuple[Consent, ...], tuple[Caller, ...]]) -> None:
        if found != (self.questions, self.consents, self.callers):
            self.questions, self.consents, self.callers = found
            self.changed.emit()
