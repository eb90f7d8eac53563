# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is told on the desktop while the window is not looked at: each thing once, updates as one digest."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from connection_client.domain.accounts import SessionStatus
from connection_client.domain.language import _, ngettext
from connection_client.domain.notices import Notice
from connection_client.domain.setting import Setting
from connection_client.domain.settings import NOTIFY_RESULTS, NOTIFY_SIGN_IN, NOTIFY_UPDATES
from connection_client.ui.operation import Stage
from connection_client.ui.phrases import can_install
from connection_client.ui.words import problem_text

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk

_LOG = logging.getLogger(__name__)
_UPDATES, _SIGN_IN, _RESULT, _MESSAGE = "updates", "sign-in", "result ", "message"
_OPEN, _UPDATE_ALL = "open", "update-all"


class Herald(QObject):
    """Listens to the desk; `place_wanted` tells what was pressed."""

    place_wanted = Signal(str)
    message_pressed = Signal(str, str)  # key and action of a notice that MessageHerald said

    def __init__(self, desk: Desk, looked_at: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._looked_at = desk, looked_at
        self._saying: frozenset[str] = frozenset()  # on its way to the desktop
        self._ended = False
        self._unsubscribe = desk.rooms.notices.subscribe(
            lambda key, action: desk.background.post(self._on_pressed, (key, action))
        )
        desk.busy_changed.connect(self._on_looked)
        desk.session_changed.connect(self._on_session)
        desk.operations.changed.connect(self._on_operation)

    def close(self) -> None:
        """Say nothing more."""
        self._unsubscribe()

    def say_once(self, kind: Setting[bool] | None, notice: Notice, keys: frozenset[str]) -> None:
        """Say it where one of `keys`, by which it is known, was never told; not even at the next start.

        `kind` is the setting that switches it off; None for what nobody may miss.
        What the person looks at, or wants not to hear of, counts as told; what fell into silence does not.
        """
        if keys <= self._saying:
            return
        self._saying |= keys
        told, notices = self._desk.rooms.told, self._desk.rooms.notices
        wanted = (kind is None or self._desk.rooms.settings.get(kind)) and not self._looked_at()

        def job() -> None:
            if told.new(keys) and (not wanted or notices.show(notice)):
                told.keep(keys)

        self._desk.background.run(
            job, lambda _nothing: self._said(keys), lambda error: self._not_said(keys, error)
        )

    def _said(self, keys: frozenset[str]) -> None:
        self._saying -= keys

    def _not_said(self, keys: frozenset[str], error: Exception) -> None:
        self._saying -= keys
        _LOG.warning("what was told could not be kept: %r", error)

    def _on_looked(self) -> None:
        # Only what a finished look has found is news; the cache of the last session is not.
        if self._desk.refreshing:
            return
        rows = self._desk.updates
        if not rows:
            return
        waiting = {
            f"update {r.product_id} {r.recommendation.release.version_text}" for r in rows if r.recommendation
        }
        title = ngettext("{count} update available", "{count} updates available", len(rows))
        names = ", ".join(row.name for row in rows)
        actions = ((_UPDATE_ALL, _("Update all")), (_OPEN, _("Open CONNECTION Client")))
        notice = Notice(_UPDATES, title.format(count=len(rows)), names, actions)
        self.say_once(NOTIFY_UPDATES, notice, frozenset(waiting))

    def _on_session(self) -> None:
        ended = self._desk.session.status is SessionStatus.ENDED
        if ended and not self._ended:
            text = _("Your sign-in has ended. Everything is kept.")
            self._show(NOTIFY_SIGN_IN, Notice(_SIGN_IN, _("Signed out"), text, ((_OPEN, _("Sign in")),)))
        self._ended = ended

    def _on_operation(self, product_id: str) -> None:
        operation = self._desk.operations.of(product_id)
        row = self._desk.row(product_id)
        if operation is None:
            return
        if operation.stage is Stage.DONE and operation.report is not None:
            report = operation.report
            text = _("{name} {version} is installed.").format(name=report.name, version=report.after)
            if report.restart:
                text = _("Restart the computer to finish the installation of {name}.").format(
                    name=report.name
                )
            self._show(NOTIFY_RESULTS, Notice(_RESULT + product_id, report.name, text))
        elif operation.stage is Stage.FAILED:
            name = row.name if row is not None else product_id
            opening = ((_OPEN, _("Open CONNECTION Client")),)
            text = problem_text(operation.error)
            self._show(NOTIFY_RESULTS, Notice(_RESULT + product_id, name, text, opening))

    def _show(self, kind: Setting[bool], notice: Notice) -> None:
        if self._desk.rooms.settings.get(kind) and not self._looked_at():
            self._desk.background.run(lambda: self._desk.rooms.notices.show(notice))

    def _on_pressed(self, pressed: tuple[str, str]) -> None:
        key, action = pressed
        if key.startswith(_MESSAGE):
            self.message_pressed.emit(key, action)
            return
        if key == _UPDATES and action == _UPDATE_ALL:
            for row in self._desk.updates:
                if can_install(row.recommendation):
                    self._desk.operations.start(row.product_id)
            return
        places = {_UPDATES: "updates", _SIGN_IN: "you"}
        self.place_wanted.emit(places.get(key, "applications"))
