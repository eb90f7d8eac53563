# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The language of this computer's session."""

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_NAMES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # in the order of POSIX and of gettext

_PREFERENCES = "Library/Preferences/.GlobalPreferences.plist"


def session_language(environment: Mapping[str, str] = os.environ) -> str:
    """A locale's name such as `de_AT.UTF-8`; `en` where none is set."""
    for name in _NAMES:
        first = environment.get(name, "").partition(":")[0]
        if first:
            return "en" if first in ("C", "POSIX") or first.startswith("C.") else first
    fallback = "en"
    if sys.platform == "darwin":
        from pathlib import Path

        return preferred_language(Path.home() / _PREFERENCES) or fallback
    if sys.platform == "win32":
        import ctypes
        import locale

        # What the person chose for windows and menus; formats of dates may be of another land.
        fallback = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), fallback)
    return fallback


def preferred_language(preferences: "Path") -> str:
    """What a person put first in macOS' settings, as a locale's name; empty where that cannot be read.

    What the Finder starts has no LANG. Tested with files made for it; no Mac wrote them.
    """
    from connection_client.domain.property_list import LARGEST, dictionary_in

    try:
        with preferences.open("rb") as file:
            languages = dictionary_in(file.read(LARGEST + 1)).get("AppleLanguages")
    except (OSError, ValueError):
        return ""
    first = languages[0] if isinstance(languages, list) and languages else ""
    return first.replace("-", "_") if isinstance(first, str) else ""
