# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Marks texts for translation and looks them up, by the standard library's gettext.

`N_` only marks. `_` translates with the language that `use` chose; until then texts stay English.
The one piece of state here is the chosen language, because every text of the program follows it.
"""

import gettext as gettext_module
from pathlib import Path

DOMAIN = "connection_client"

_chosen: gettext_module.NullTranslations = gettext_module.NullTranslations()


def use(language: str, folder: Path) -> None:
    """Speak `language` (a locale name such as `de` or `pt_BR`) from the catalogues in `folder`."""
    global _chosen  # noqa: PLW0603  # one language for the whole program
    _chosen = gettext_module.translation(DOMAIN, folder, languages=[language], fallback=True)


def N_(text: str) -> str:  # noqa: N802  # gettext's own convention
    """Mark a text that is translated later, where it is shown."""
    return text


def _(text: str) -> str:
    """The text in the chosen language."""
    return _chosen.gettext(text) if text else text


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form of a text that fits `count`, in the chosen language."""
    return _chosen.ngettext(singular, plural, count)


translate = _
