# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Name and password for a proxy that wants them; they go to the key store and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtWidgets import QVBoxLayout, QWidget

from connection_client.domain.accounts import Keeping
from connection_client.domain.errors import ProxyWantsPassword
from connection_client.domain.language import _
from connection_client.domain.proxies import ProxyLogin
from connection_client.domain.settings import PROXY
from connection_client.ui.widgets.field import Field
from connection_client.ui.widgets.parts import Button, column, label, line
from connection_client.ui.words import problem_text

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk


class ProxyLoginForm(QWidget):
    """Shows while a proxy is set, or while one has asked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.heading = label("")
        self.name = Field(_("Name for the proxy"))
        self.password = Field(_("Password for the proxy"), secret=True)
        self.keep = Button(_("Keep"), self._keep)
        self.said = label("", "small")
        self.said.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        fields = line(self.name, self.password, space=12)
        layout.addLayout(column(self.heading, fields, line(self.keep, self.said, space=12), space=10))
        desk.view_changed.connect(self.fill)
        self.fill()

    @property
    def proxy(self) -> str:
        """Host and port of the proxy that asked, or of the one that is set."""
        problem = self._desk.view.problem
        if isinstance(problem, ProxyWantsPassword):
            return str(problem.facts.get("host", ""))
        return urlsplit(self._desk.rooms.settings.get(PROXY)).netloc.rpartition("@")[2]

    def fill(self) -> None:
        """Show it or not, after a setting or the network has changed."""
        self.setVisible(bool(self.proxy))
        self.heading.setText(_("Name and password for {proxy}").format(proxy=self.proxy))

    def _keep(self) -> None:
        name, password, proxy = self.name.text.strip(), self.password.text, self.proxy
        if not name or ":" in name:
            self.name.show_problem(_("Type a name without a colon."))
            return
        self.keep.setEnabled(False)
        keep = self._desk.rooms.proxy_logins.keep
        self._desk.background.run(
            lambda: keep(proxy, ProxyLogin(name, password)), self._on_kept, self._on_not_kept
        )

    def _on_kept(self, where: Keeping) -> None:
        self.keep.setEnabled(True)
        self.password.edit.clear()
        kept = {
            Keeping.KEY_STORE: _("Kept in the key store of this computer."),
            Keeping.MEMORY: _("Kept until CONNECTION Client is quit: this computer has no key store."),
        }
        self.said.setText(kept[where])
        self.said.show()
        self._desk.refresh(manual=True)

    def _on_not_kept(self, error: Exception) -> None:
        self.keep.setEnabled(True)
        self.password.show_problem(problem_text(error))
