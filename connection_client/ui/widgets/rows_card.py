# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A card with a heading over rows that are made anew, or one sentence where there are none."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from connection_client.ui.theme import step
from connection_client.ui.widgets.parts import box, card, clear, column, label, line


class RowsCard(QWidget):
    """Subclasses say what the rows are."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(step(10))
        self._inside = column(label(heading, "section"), box(self._rows), space=10, margins=(16, 12, 16, 14))
        self.setLayout(column(card(self._inside), margins=(0, 0, 0, 0)))

    def put_below(self, button: QWidget) -> None:
        """A button under the rows."""
        self._inside.addWidget(box(line(button, -1)))

    def show_rows(self, rows: Iterable[QWidget], nothing: str) -> None:
        """Show these in place of what was there; `nothing` where there are none."""
        clear(self._rows)
        for row in rows:
            self._rows.addWidget(row)
        if not self._rows.count():
            self._rows.addWidget(label(nothing, "secondary"))
