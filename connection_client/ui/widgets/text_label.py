# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A label whose text begins where its language begins, whatever letters it begins with."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

_MARK = "\u200f"  # RIGHT-TO-LEFT MARK: the paragraph runs from the right, and nothing is seen of it

_DIFFERENCE = 4  # pixels


class TextLabel(QLabel):
    """Plain text, never rich: what comes from outside is shown as it is.

    Qt takes the side from the first letter, so that a name in Latin letters would stand on the other side of
    an Arabic page. With a mark before it, it begins where everything around it begins.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802  # Qt's name
        mark = _MARK if text and QApplication.isRightToLeft() else ""
        super().setText(mark + text)

    def heightForWidth(self, width: int) -> int:  # noqa: N802  # Qt's name
        # Qt measures in the direction that it finds in the text and paints in the one that it forces; from
        # the right the two differ by a pixel or two, and a line more or less.
        narrower = _DIFFERENCE if QApplication.isRightToLeft() else 0
        return super().heightForWidth(max(width - narrower, 1))

    def text(self) -> str:
        """The text without the mark."""
        return super().text().removeprefix(_MARK)
