# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A field with its label above and what is wrong with it below; what was typed is never cleared."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from connection_client.domain.language import _
from connection_client.ui.icons import icon
from connection_client.ui.theme import step, tokens_now
from connection_client.ui.widgets.parts import label, repolish


class Field(QWidget):
    """One line of text; `secret` hides it behind dots, with a switch to show it."""

    def __init__(self, text: str, *, placeholder: str = "", secret: bool = False) -> None:
        super().__init__()
        self.label = label(text, "strong", wrap=False)
        self.edit = QLineEdit()
        self.edit.setAccessibleName(text)
        self.edit.setPlaceholderText(placeholder)
        self.label.setBuddy(self.edit)
        self.problem: QLabel = label("", "problem")
        self.problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(step(6))
        for widget in (self.label, self.edit, self.problem):
            layout.addWidget(widget)
        self.setFocusProxy(self.edit)
        self.edit.textEdited.connect(lambda _text: self.show_problem(""))
        self._reveal: QAction | None = None
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
            self._reveal = self.edit.addAction(
                icon("show", tokens_now().secondary), QLineEdit.ActionPosition.TrailingPosition
            )
            self._reveal.setText(_("Show password"))
            self._reveal.triggered.connect(self._toggle)
            for button in self.edit.findChildren(QWidget):
                button.setAccessibleName(_("Show password"))

    @property
    def text(self) -> str:
        """What is typed."""
        return self.edit.text()

    def show_problem(self, text: str) -> None:
        """Say below the field what is wrong, or nothing."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self.edit.setAccessibleDescription(text)
        if self.edit.property("wrong") != bool(text):
            self.edit.setProperty("wrong", bool(text))
            repolish(self.edit)

    def _toggle(self) -> None:
        hidden = self.edit.echoMode() is QLineEdit.EchoMode.Password
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        if self._reveal is not None:
            self._reveal.setIcon(icon("hide" if hidden else "show", tokens_now().secondary))
            self._reveal.setText(_("Hide password") if hidden else _("Show password"))
