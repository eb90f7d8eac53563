# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Dresses the program: style, palette, font and style sheet, as the setting and the system want it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from connection_client.domain.wishes import NoWishes, WishesReader
from connection_client.ui.drawings import folder
from connection_client.ui.style_sheet import style_sheet
from connection_client.ui.theme import body_font, palette_of, system_scale, tokens_for, use_scale, wear

_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_FadeTooltip,
)


class Appearance(QObject):
    """Fusion with our own colours on every platform, so that one look can be tested everywhere."""

    def __init__(
        self,
        app: QApplication,
        theme: str = "system",
        scale: float | None = None,
        wishes: WishesReader | None = None,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._theme = theme
        self._wishes = wishes or NoWishes()
        self._scale = scale if scale is not None else system_scale()
        app.setStyle("Fusion")
        app.setFont(body_font(self._scale))
        use_scale(self._scale)
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self.apply()

    def wear(self, theme: str) -> None:
        """Change to light, dark or system."""
        if theme != self._theme:
            self._theme = theme
            self.apply()

    def apply(self) -> None:
        """Dress everything that is open."""
        wishes = self._wishes.now
        tokens = tokens_for(self._theme, contrast=wishes.contrast)
        wear(tokens, still=wishes.still)
        for effect in _EFFECTS:
            self._app.setEffectEnabled(effect, not wishes.still)
        chevron = folder() / ("down-dark.svg" if tokens.dark else "down-light.svg")
        self._app.setPalette(palette_of(tokens))
        self._app.setStyleSheet(style_sheet(tokens, self._scale, chevron.as_posix()))

    def _follow(self) -> None:
        if self._theme == "system":
            self.apply()
