# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The language of this computer's session."""

import os
import sys
from collections.abc import Mapping

_NAMES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # in the order of POSIX and of gettext


def session_language(environment: Mapping[str, str] = os.environ) -> str:
    """A locale's name such as `de_AT.UTF-8`; `en` where none is set."""
    for name in _NAMES:
        first = environment.get(name, "").partition(":")[0]
        if first:
            return "en" if first in ("C", "POSIX") or first.startswith("C.") else first
    fallback = "en"
    if sys.platform == "win32":
        import ctypes
        import locale

        # What the person chose for windows and menus; formats of dates may be of another land.
        fallback = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), fallback)
    return fallback
