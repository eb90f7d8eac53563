# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""One setting: its name and what it does, with the control that fits its values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSizePolicy, QSpinBox, QVBoxLayout, QWidget

from connection_client.domain.language import LANGUAGES, N_, _
from connection_client.domain.setting import Choice, Setting
from connection_client.ui.theme import step
from connection_client.ui.widgets.parts import Picture, box, column, label, line
from connection_client.ui.widgets.switch import Switch

CHOICES: dict[str, dict[str, str]] = {
    "language": {"": N_("As the system"), **LANGUAGES},  # each by its own name
}
_WIDEST_BESIDE = 240
_CONTROL_WIDTH = 220
_LARGEST = 10_000_000


class SettingRow(QWidget):
    """Name and explanation at the start, the control at the end."""

    chosen = Signal(object)

    def __init__(self, setting: Setting[Any], name: str, value: object, *, locked: bool) -> None:
        super().__init__()
        self.problem = label("", "problem")
        self.problem.hide()
        self.control = self._control(setting, value)
        self.control.setAccessibleName(name)
        self.control.setAccessibleDescription(
            _("Managed by your organisation") if locked else _(setting.help)
        )
        self.control.setEnabled(not locked)
        words = self._words(setting, name, locked=locked)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        if self.control.sizeHint().width() > step(_WIDEST_BESIDE):  # long choices would squeeze the words
            words.addSpacing(step(6))
            words.addWidget(self.control, 0, Qt.AlignmentFlag.AlignLeading)
            outer.addLayout(words)
            return
        layout = line(box(words), self.control, space=16)
        layout.setStretch(0, 1)
        layout.setAlignment(self.control, Qt.AlignmentFlag.AlignVCenter)
        outer.addLayout(layout)

    def _words(self, setting: Setting[Any], name: str, *, locked: bool) -> QVBoxLayout:
        words = column(label(name), space=2)
        if _(setting.help).rstrip(".") != name:
            words.addWidget(label(_(setting.help), "small"))
        if locked:
            held = line(
                Picture("lock", "secondary", 16), label(_("Managed by your organisation"), "small"), space=6
            )
            held.setStretch(1, 1)
            words.addLayout(held)
        words.addWidget(self.problem)
        return words

    def _control(self, setting: Setting[Any], value: object) -> QWidget:
        if setting.key in CHOICES:
            return self._choice(CHOICES[setting.key], value)
        if isinstance(setting.read, Choice):
            return self._choice(dict(zip(setting.read.words, setting.read.names, strict=True)), value)
        make: Callable[[Any], QWidget]
        if isinstance(setting.default, bool):
            make = self._switch
        else:
            make = self._number if isinstance(setting.default, int) else self._text
        control = make(value)
        if isinstance(control, QComboBox):  # all choices are to be read whole, in any language
            control.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            control.setMinimumWidth(step(_CONTROL_WIDTH))
            control.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        elif not isinstance(control, QCheckBox):
            control.setFixedWidth(step(_CONTROL_WIDTH))
        return control

    def _choice(self, choices: dict[str, str], value: object) -> QWidget:
        control = QComboBox()
        for key, text in choices.items():
            control.addItem(_(text), key)
        control.setCurrentIndex(max(control.findData(value), 0))
        control.activated.connect(lambda index: self.chosen.emit(control.itemData(index)))
        return control

    def _switch(self, value: object) -> QWidget:
        control = Switch()
        control.setChecked(bool(value))
        control.clicked.connect(lambda on: self.chosen.emit(bool(on)))
        return control

    def _number(self, value: object) -> QWidget:
        control = QSpinBox()
        control.setRange(0, _LARGEST)
        control.setValue(int(str(value)))
        control.setKeyboardTracking(False)
        control.valueChanged.connect(self.chosen.emit)
        return control

    def _text(self, value: object) -> QWidget:
        control = QLineEdit(str(value) if value is not None else "")
        control.setCursorPosition(0)
        said = [control.text()]

        def leave() -> None:
            if control.text() != said[0]:
                said[0] = control.text()
                self.chosen.emit(control.text())

        control.editingFinished.connect(leave)
        return control
