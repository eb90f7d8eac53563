# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Names of countries in the person's language, by the translations that the system itself has.

Qt and Python know English names only; Debian and others ship those of iso-codes with their desktops.
"""

import gettext
from pathlib import Path

from connection_client.domain.language import spoken

_DOMAIN, _FOLDER = "iso_3166-1", Path("/usr/share/locale")


def in_own_language(english: str) -> str:
    """The name of a country; the English one where the system has no other."""
    return gettext.translation(_DOMAIN, _FOLDER, languages=[spoken()], fallback=True).gettext(english)
