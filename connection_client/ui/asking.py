# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Questions that come from outside: a link that wants to start something, a program that wants a token.

One at a time, above the page; nothing happens before the person has answered.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from connection_client.domain.language import _
from connection_client.domain.launch_errors import ApplicationMissing, LinkNotReadable
from connection_client.domain.links import LaunchLink, read_link

if TYPE_CHECKING:
    from connection_client.domain.consents import Question
    from connection_client.ui.desk import Desk
    from connection_client.ui.window import Window

_MOST_LINKS = 5


class Asking(QObject):
    """Shows each question in the window, which is brought up for it."""

    def __init__(self, desk: Desk, window: Callable[[], Window], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, window
        self._links: list[LaunchLink] = []
        self._shown: object = None
        desk.requests.changed.connect(self.look)
        desk.view_changed.connect(self.look)

    def open_link(self, text: str) -> None:
        """Ask about a link; one that is not of the allowed form is told as such."""
        try:
            link = read_link(text)
        except LinkNotReadable as error:
            self._desk.failed.emit(error)
            return
        if link not in self._links and len(self._links) < _MOST_LINKS:
            self._links.append(link)
        self.look()

    def look(self) -> None:
        """Show what waits longest, or nothing."""
        # Until the list was read it is not known what a link may start.
        waiting = next(iter(self._links), None) if self._desk.view.rows else None
        question = next(iter(self._desk.requests.questions), None)
        if waiting is not None:
            self._show_link(waiting)
        elif question is not None:
            self._show_question(question)
        elif self._shown is not None:
            self._shown = None
            self._window().question.hide()

    def _show_link(self, link: LaunchLink) -> None:
        row = self._desk.row(link.product_id)
        if row is None or row.installed is None:
            self._refuse(link, ApplicationMissing(name=row.name if row is not None else link.product_id))
        else:
            files = ", ".join(str(file) for file in link.files)
            text = (
                _("A link wants to open {files} with {name}. Open it?").format(name=row.name, files=files)
                if files
                else _("A link wants to start {name}. Start it?").format(name=row.name)
            )
            verb = _("Open") if files else _("Start")
            self._say(
                link, text, (verb, partial(self._launch, link)), (_("Not now"), partial(self._done, link))
            )

    def _refuse(self, link: LaunchLink, error: Exception) -> None:
        self._links.remove(link)
        self._desk.failed.emit(error)
        self.look()

    def _launch(self, link: LaunchLink) -> None:
        self._done(link)
        self._desk.launch(link.product_id, link.files)

    def _done(self, link: LaunchLink) -> None:
        self._links.remove(link)
        self.look()

    def _show_question(self, question: Question) -> None:
        text = _(
            "{program} wants to act for you at {name}, with a token that is good for nothing else. "
            "Allow it? You can withdraw it under You."
        ).format(program=question.program, name=question.name)
        allow = (_("Allow"), partial(self._answer, question, agreed=True))
        refuse = (_("Do not allow"), partial(self._answer, question, agreed=False))
        self._say(question, text, allow, refuse)

    def _answer(self, question: Question, *, agreed: bool) -> None:
        self._desk.requests.answer(question, agreed=agreed)

    def _say(self, what: object, text: str, *actions: tuple[str, Callable[[], object]]) -> None:
        window = self._window()
        if what == self._shown and not window.question.isHidden():
            return
        self._shown = what
        window.question.say(text, "info", *actions, icon_name="open", closable=False)
        window.raise_up()
