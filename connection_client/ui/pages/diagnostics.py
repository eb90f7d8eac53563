# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The diagnostics bundle: first all of it to read, then a file, or a service request that takes it along."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from connection_client.domain.language import _
from connection_client.ui.widgets.flow import Flow
from connection_client.ui.widgets.page import SubPage
from connection_client.ui.widgets.parts import Button, label
from connection_client.ui.widgets.reading import Reading
from connection_client.ui.words import problem_text
from connection_client.workspace.diagnostics import shown

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk
    from connection_client.workspace.diagnostics import Part

_FILE = "connection-client-diagnostics.zip"


class DiagnosticsPage(SubPage):
    """`agreed` hands over the parts that were read here: these and no others go to the support."""

    agreed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Diagnostics"), _("Help"))
        self._desk = desk
        self.parts: tuple[Part, ...] = ()
        self.save = Button(_("Save as file"), self._choose)
        self.attach = Button(_("Attach to a service request"), self._agree, kind="primary")
        self.text = Reading(_("What goes into the file"))
        self.told = label("", "secondary")
        self.body.addWidget(self.told)
        self.body.addWidget(self.text, 1)
        self.body.addLayout(Flow(self.attach, self.save))

    def shown(self) -> None:
        self.parts = ()
        self.notice.hide()
        self.text.setPlainText("")
        self._enable(ready=False)
        self.told.setText(_("Looking at everything that this client needs"))
        self._desk.background.run(self._desk.rooms.diagnostics.collect, self._on_collected, self._on_failed)

    def save_to(self, path: Path) -> None:
        """Write what is shown into a new file."""
        parts = self.parts

        def saved(_nothing: None) -> None:
            self.notice.say(_("{file} is written. Nothing was sent.").format(file=path))

        self._desk.background.run(
            lambda: self._desk.rooms.diagnostics.save(path, parts), saved, self._on_failed
        )

    def _on_collected(self, parts: tuple[Part, ...]) -> None:
        self.parts = parts
        self.text.setPlainText(shown(parts))
        self.told.setText(
            _(
                "This is everything that goes into the file. Passwords, tokens, names and your home folder "
                "are taken out. Nothing is sent before you send it."
            )
        )
        self._enable(ready=True)

    def _on_failed(self, error: Exception) -> None:
        self.notice.say(problem_text(error), "warning")

    def _enable(self, *, ready: bool) -> None:
        self.save.setEnabled(ready)
        self.attach.setEnabled(ready and self._desk.signed_in)

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("Save as file"), str(Path.home()), "*.zip")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # an existing file is never replaced
        dialog.setDefaultSuffix("zip")
        dialog.selectFile(_FILE)
        dialog.fileSelected.connect(lambda name: self.save_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _agree(self) -> None:
        self.agreed.emit(self.parts)
