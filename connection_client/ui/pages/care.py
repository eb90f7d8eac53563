# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a person does when an application is not as expected: to IT, to the support, to the version before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from connection_client.domain.errors import FolderNotWritable
from connection_client.domain.language import _
from connection_client.domain.settings import CENTER_URL

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk
    from connection_client.workspace.view import Row


class Care(QObject):
    """`said` tells what was done, for the strip of the page."""

    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._page = desk, parent

    def send_to_it(self, row: Row) -> None:
        """Ask where to write what IT needs, and write it; nothing is sent by itself."""
        if row.recommendation is None:
            return
        name = f"{row.product_id}-{row.recommendation.release.version_text}.txt"
        dialog = QFileDialog(self._page, _("Send to IT"), _folder())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix("txt")
        dialog.selectFile(name)
        dialog.fileSelected.connect(partial(self._write, row.product_id))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def report(self, row: Row) -> None:
        """Open a service request that says what was found and where; the person reads and sends it."""
        installed = row.installed
        version = installed.version_text if installed is not None else ""
        subject = _("Found wrongly: {name}").format(name=row.name)
        text = "\n".join([_("What is wrong:"), "", "", _("What this computer says:"), *evidence_of(row)])
        links = self._desk.rooms.help
        self._desk.open_link(lambda: links.service_request(row.product_id, version, subject, text))

    def _write(self, product_id: str, chosen: str) -> None:
        self._desk.background.run(
            self._letter(product_id, Path(chosen)),
            lambda file: self.said.emit(
                _("{file} is written. Send it to your IT department.").format(file=file)
            ),
            self._desk.failed.emit,
        )

    def _letter(self, product_id: str, file: Path) -> Callable[[], Path]:
        center = str(self._desk.rooms.settings.get(CENTER_URL))

        def job() -> Path:
            text = self._desk.rooms.workspace.letter_for_it(product_id, center)
            try:
                # The dialog has asked whether a file that was there may go.
                file.write_text(text, encoding="utf-8")
            except OSError as error:
                raise FolderNotWritable(path=str(file), reason=error.strerror or "") from error
            return file

        return job


def _folder() -> str:
    """Where people keep documents; their own folder where there is no such place."""
    places = QStandardPaths.StandardLocation
    documents = QStandardPaths.writableLocation(places.DocumentsLocation)
    return documents if Path(documents).is_dir() else QStandardPaths.writableLocation(places.HomeLocation)


def evidence_of(row: Row) -> list[str]:
    """One line for each source that says that it is installed."""
    found = row.installed.evidence if row.installed is not None else ()
    lines = [" ".join(filter(None, (f"{one.source}:", one.where, one.version_text))) for one in found]
    return lines or [_("It is not installed, as far as this client can see.")]
