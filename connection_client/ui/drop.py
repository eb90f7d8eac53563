# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A package file dropped on the window: it is looked up in the signed list, and installed after a yes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from connection_client.domain.language import _
from connection_client.ui.theme import LARGE, sized, step, tokens_now
from connection_client.ui.words import problem_text

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk
    from connection_client.ui.widgets.notice import Notice
    from connection_client.workspace.view import FileMatch


class DropTarget(QWidget):
    """Lies over the window while a file hovers above it."""

    def __init__(self, window: QWidget, desk: Desk, notice: Notice, show_list: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._desk, self._notice, self._show_list = window, desk, notice, show_list
        self.hide()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def examine(self, path: Path) -> None:
        """Look the file up; the answer stands above the page."""
        self._notice.say(
            _("Looking up {filename}").format(filename=path.name), icon_name="package", closable=False
        )
        self._desk.background.run(
            lambda: self._desk.rooms.workspace.examine_file(path),
            self._ask,
            lambda error: self._notice.say(problem_text(error), "warning"),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if isinstance(event, QDragEnterEvent) and _file_of(event) is not None:
            event.acceptProposedAction()
            self.setGeometry(self._window.rect())
            self.raise_()
            self.show()
            return True
        if event.type() == QEvent.Type.DragLeave:
            self.hide()
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self.hide()
            path = _file_of(event)
            if path is not None:
                event.acceptProposedAction()
                self.examine(path)
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        tokens = tokens_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(tokens.accent_tint)
        ground.setAlpha(235)
        painter.fillRect(self.rect(), ground)
        painter.setPen(QPen(QColor(tokens.accent), 2, Qt.PenStyle.DashLine))
        edge = step(16)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), step(8), step(8))
        painter.setFont(sized(self.font(), LARGE, strong=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _("Drop the package to install it"))
        painter.end()

    def _ask(self, match: FileMatch) -> None:
        facts = {
            "filename": match.path.name,
            "name": match.product.name,
            "version": match.release.version_text,
        }
        text = _("{filename} is {name} {version}, as the publisher signed it. Install it?").format(**facts)
        install = (_("Install"), lambda: self._install(match))
        self._notice.say(
            text, "info", install, (_("Not now"), self._notice.hide), icon_name="package", closable=False
        )

    def _install(self, match: FileMatch) -> None:
        self._notice.hide()
        self._desk.operations.start(match.product.id, match.path)
        self._show_list()


def _file_of(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
