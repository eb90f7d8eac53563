# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Qt speaks the program's language too: dates and numbers, the side where lines begin, Qt's own menus."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from connection_client.domain.language import PSEUDO, RIGHT_TO_LEFT, nearest, spoken, system_language

_OWN_TEXTS = "qtbase"
_SAME_WITH_OUR_DIGITS = {"ar": "ar_AE"}
_worn: list[QTranslator] = []


def wear_language(app: QApplication) -> None:
    """Bring Qt to the language that is spoken now."""
    code = spoken()
    QLocale.setDefault(locale_of(code, system_language()))
    right = code in RIGHT_TO_LEFT
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
    while _worn:
        app.removeTranslator(_worn.pop())
    own = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if own.load(QLocale(code), _OWN_TEXTS, "_", folder):
        app.installTranslator(own)
        _worn.append(own)


def locale_of(code: str, system: str) -> QLocale:
    """The locale for dates and numbers: the session's land where it speaks the same language."""
    if code == PSEUDO:
        return QLocale("en")
    land = system.partition(".")[0].partition("@")[0].replace("-", "_")
    found = QLocale(land) if nearest(system) == code and land.lower().startswith(code) else QLocale(code)
    # Versions and sizes have these digits; two kinds of digits in one line are hard to read.
    return found if found.zeroDigit() == "0" else QLocale(_SAME_WITH_OUR_DIGITS.get(code, "C"))
