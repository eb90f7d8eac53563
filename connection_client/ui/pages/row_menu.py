# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The menu of a row: everything one can do with an application."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from connection_client.domain.catalogue import Severity
from connection_client.domain.language import _
from connection_client.ui.icons import icon
from connection_client.ui.phrases import can_install
from connection_client.ui.theme import tokens_now

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk
    from connection_client.ui.pages.care import Care
    from connection_client.workspace.view import Row


class RowMenu(QMenu):
    """What is chosen goes to the desk."""

    def __init__(self, parent: QWidget, desk: Desk, row: Row, care: Care) -> None:
        super().__init__(parent)
        self._desk, self._row, self._care = desk, row, care

    def fill(self, toggle: Callable[[], None], *, details_shown: bool) -> None:
        """Offer what makes sense now; `toggle` shows or hides the details."""
        self._add_start()
        self._add(_("Hide details") if details_shown else _("Show details"), "info", toggle)
        self.addSeparator()
        self._add_choices()
        self._add_help()

    def _add(self, text: str, icon_name: str, chosen: Callable[[], object], *, enabled: bool = True) -> None:
        tokens = tokens_now()
        action = self.addAction(icon(icon_name, tokens.text, tokens.disabled), text)
        action.setEnabled(enabled)
        action.triggered.connect(lambda _checked: chosen())

    def _add_start(self) -> None:
        row, desk = self._row, self._desk
        if row.installed is not None:
            refused = row.entitlement is not None and not row.entitlement.entitled
            startable = row.installed.launch is not None and not refused
            self._add(_("Open"), "open", lambda: desk.launch(row.product_id), enabled=startable)
        if row.recommendation is not None:
            verb = _("Update") if row.installed is not None else _("Install")
            fits = can_install(row.recommendation)
            self._add(verb, "download", lambda: desk.operations.start(row.product_id), enabled=fits)

    def _add_choices(self) -> None:
        row, product_id, choices = self._row, self._row.product_id, self._desk.choices
        if row.installed is not None and row.recommendation is not None:
            # What is critical can be put off, but not left out.
            if row.recommendation.severity is not Severity.CRITICAL:
                self._add(_("Skip this version"), "close", lambda: choices.skip(product_id))
            self._add(_("Remind me tomorrow"), "waiting", lambda: choices.remind(product_id))
            self._add(_("Never offer updates"), "hide", lambda: choices.ignore(product_id, ignored=True))
            self.addSeparator()
        elif product_id in choices.ignored:
            self._add(_("Offer updates again"), "show", lambda: choices.ignore(product_id, ignored=False))
            self.addSeparator()

    def _add_help(self) -> None:
        row, desk, product_id = self._row, self._desk, self._row.product_id
        version = row.installed.version_text if row.installed is not None else ""
        self._add(_("Request service"), "request", lambda: desk.request_service(product_id, version))
        if row.recommendation is not None:
            self._add(_("Send to IT"), "mail", lambda: self._care.send_to_it(row))
        if row.earlier:
            text = _("Go back to {version}").format(version=row.earlier)
            self._add(text, "back", lambda: desk.operations.go_back(product_id, row.earlier))
        self._add(_("This is wrong"), "warning", lambda: self._care.report(row))
