# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The bar at the start of the window: the mark, the places, and help and settings at its foot."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout

from connection_client.domain.language import _
from connection_client.ui.theme import step
from connection_client.ui.widgets.parts import Picture, label, line
from connection_client.ui.widgets.place_button import PlaceButton

_WIDTH = 168


class Bar(QFrame):
    """One button for each place; `wanted` tells which was pressed."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.buttons: dict[str, PlaceButton] = {}
        self._brand = label("CONNECTION", "strong", wrap=False)
        places = QVBoxLayout(self)
        places.setContentsMargins(step(8), step(16), step(8), step(12))
        places.setSpacing(step(4))
        mark = Picture("connection-client", "accent", 28)
        places.addLayout(line(mark, self._brand, -1, margins=(6, 0, 0, 12)))
        group = QButtonGroup(self)
        above = {"applications": _("Applications"), "updates": _("Updates"), "you": _("You")}
        below = {"help": _("Help"), "settings": _("Settings")}
        for part in (above, below):
            for place, text in part.items():
                button = PlaceButton(text, place)
                button.clicked.connect(partial(self.wanted.emit, place))
                group.addButton(button)
                self.buttons[place] = button
                places.addWidget(button)
            if part is above:
                places.addStretch(1)
        self.setMinimumWidth(step(_WIDTH))

    @property
    def current(self) -> str:
        """The place that is shown."""
        return next((name for name, button in self.buttons.items() if button.isChecked()), "applications")

    def set_compact(self, *, compact: bool) -> None:
        """Show the icons alone, where the window is narrow."""
        if compact != self._brand.isHidden():
            self._brand.setVisible(not compact)
            self.setMinimumWidth(0 if compact else step(_WIDTH))
            for button in self.buttons.values():
                button.set_compact(compact=compact)
