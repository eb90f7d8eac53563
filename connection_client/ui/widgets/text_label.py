# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A label whose text begins where its language begins, whatever letters it begins with."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

_MARK = "\u200f"  # RIGHT-TO-LEFT MARK: the paragraph runs from the right, and nothing is seen of it


class TextLabel(QLabel):
    """Plain text, never rich: what comes from outside is shown as it is.

    Qt takes the side from the first letter, so that a name in Latin letters would stand on the other side of
    an Arabic page. With a mark before it Qt measures and paints it like everything around it, which it does
    not do for a label that is aligned absolutely.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802  # Qt's name
        mark = _MARK if text and QApplication.isRightToLeft() else ""
        super().setText(mark + text)

    def text(self) -> str:
        """The text without the mark."""
        return super().text().removeprefix(_MARK)
