# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Settings: every declared setting with the control that fits it; a locked one says who manages it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSizePolicy, QSpinBox, QVBoxLayout, QWidget

from connection_client.domain.language import LANGUAGES, N_, _
from connection_client.domain.setting import Choice, Setting
from connection_client.domain.settings import SETTINGS
from connection_client.ui.pages.proxy_login import ProxyLoginForm
from connection_client.ui.theme import step
from connection_client.ui.widgets.page import Page, scrolled
from connection_client.ui.widgets.parts import Picture, box, card, column, label, line, separator
from connection_client.ui.widgets.switch import Switch
from connection_client.ui.words import problem_text

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk


@dataclass(frozen=True)
class Group:
    """A card of settings; `names` are the words beside the controls, by the key of the setting."""

    title: str
    names: dict[str, str]


GROUPS = (
    Group(
        N_("General"),
        {"theme": N_("Appearance"), "language": N_("Language"), "autostart": N_("Start with the session")},
    ),
    Group(
        N_("Updates"),
        {
            "update_mode": N_("How updates are installed"),
            "check_hours": N_("Hours between checks"),
            "bandwidth_limit": N_("Speed limit in KiB a second"),
        },
    ),
    Group(
        N_("Notices"),
        {
            "notify_updates": N_("Updates"),
            "notify_results": N_("Installations"),
            "notify_sign_in": N_("Sign-in"),
            "notify_licences": N_("Licences"),
            "notify_messages": N_("Messages"),
        },
    ),
    Group(
        N_("Network"),
        {
            "center_url": N_("CONNECT Center"),
            "proxy": N_("Proxy"),
            "loopback_port": N_("Port for the sign-in"),
        },
    ),
    Group(
        N_("Advanced"),
        {
            "email": N_("E-mail address"),
            "trusted_root": N_("First trusted keys"),
            "client_id": N_("Client name"),
        },
    ),
)
CHOICES: dict[str, dict[str, str]] = {
    "language": {"": N_("As the system"), **LANGUAGES},  # each by its own name
}
_WIDEST_BESIDE = 240
_CONTROL_WIDTH = 220
_LARGEST = 10_000_000


class SettingsPage(Page):
    """A change is kept at once; what cannot be kept is told below its control.

    The cards come one by one, by `grow`: all of them at once would hold up the window for a moment.
    """

    changed = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Settings"))
        self._desk = desk
        self._rows: dict[str, SettingRow] = {}
        self._known: dict[str, Setting[Any]] = {setting.key: setting for setting in SETTINGS}
        named = {key for group in GROUPS for key in group.names}
        rest = {k: one.title for k, one in self._known.items() if k not in named and _can_be_chosen(one)}
        self._coming = [*GROUPS, *([Group(N_("More"), rest)] if rest else [])]
        self._cards = column(space=12)
        self.body.addWidget(scrolled(self._cards))

    def grow(self) -> bool:
        """Add the next card; whether more are to come."""
        if self._coming:
            self._cards.addWidget(self._card(self._coming.pop(0)))
        return bool(self._coming)

    def _card(self, group: Group) -> QWidget:
        lines: list[QWidget | int] = [label(_(group.title), "section", wrap=False)]
        for key, name in group.names.items():
            row = self._row(self._known[key], _(name))
            lines += [separator(), row] if len(lines) > 1 else [row]
        if "proxy" in group.names:
            self.proxy_login = ProxyLoginForm(self._desk)
            lines.append(self.proxy_login)
        return card(column(*lines, space=12, margins=(16, 12, 16, 14)))

    def _row(self, setting: Setting[Any], name: str) -> SettingRow:
        settings = self._desk.rooms.settings
        row = SettingRow(setting, name, settings.get(setting), locked=settings.locked(setting))
        row.chosen.connect(lambda value: self._keep(setting, value))
        self._rows[setting.key] = row
        return row

    def _keep(self, setting: Setting[Any], value: object) -> None:
        row = self._rows[setting.key]

        def job() -> None:
            self._desk.rooms.settings.set(setting, setting.parse(value))

        def kept(_nothing: None) -> None:
            row.problem.hide()
            self.proxy_login.fill()
            self.changed.emit(setting.key)

        def not_kept(error: Exception) -> None:
            row.problem.setText(problem_text(error))
            row.problem.show()

        self._desk.background.run(job, kept, not_kept)


def _can_be_chosen(setting: Setting[Any]) -> bool:
    return not (isinstance(setting.read, Choice) and len(setting.read.words) == 1)


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
