# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""An empty place: it says what will be here and offers the step that fills it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from connection_client.ui.theme import step
from connection_client.ui.widgets.parts import Button, Picture, label


class Empty(QWidget):
    """A drawing, one sentence, one more, and a button."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = Picture("done", "accent", 40)
        self.heading = label("", "heading")
        self.text = label("", "secondary")
        self.button = Button("", self._press, kind="normal")
        self._pressed: Callable[[], object] = lambda: None
        # It may be squeezed: what stands above it counts for more.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        layout = QVBoxLayout(self)
        layout.setSpacing(step(8))
        layout.addStretch(2)
        layout.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(step(8))
        for text in (self.heading, self.text):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(text)
        layout.addSpacing(step(8))
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def say(
        self,
        icon_name: str,
        heading: str,
        text: str,
        verb: str = "",
        pressed: Callable[[], object] | None = None,
    ) -> None:
        """Fill it; without `verb` there is no button."""
        self.picture.set_picture(icon_name, "accent")
        self.heading.setText(heading)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.button.set_text(verb)
        self.button.setVisible(bool(verb))
        self._pressed = pressed or (lambda: None)

    def _press(self) -> None:
        self._pressed()
