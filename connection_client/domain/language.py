# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Marks texts for translation and looks them up, by the standard library's gettext.

`N_` only marks. `_` translates with the language that `choose` chose; until then texts stay English.
The one piece of state here is the chosen language, because every text of the program follows it.
"""

import gettext as gettext_module
from pathlib import Path

DOMAIN = "connection_client"
# Every language by its own name, as a person looks for it.
LANGUAGES = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "it": "Italiano",
    "pl": "Polski",
    "cs": "Čeština",
    "pt": "Português",
    "ja": "日本語",
    "ar": "العربية",
}
PSEUDO = "en_XA"  # accented and longer English, which shows texts that are not translated or do not fit
RIGHT_TO_LEFT = frozenset({"ar"})


class _Speech:  # no dataclass: the icon would wait for its import
    """What the program speaks now, and what it goes back to where no language is wished."""

    def __init__(self) -> None:
        self.folder = Path()
        self.system = self.code = "en"
        self.texts = gettext_module.NullTranslations()


_speech = _Speech()


def prepare(folder: Path, system: str) -> None:
    """Take the catalogues from `folder`; `system` is the language of the session, such as `de_AT`."""
    _speech.folder, _speech.system = folder, system


def choose(wished: str = "") -> str:
    """Speak the language nearest to `wished`, or to the system's where it is empty; gives its code."""
    _speech.code = nearest(wished or _speech.system)
    _speech.texts = gettext_module.translation(
        DOMAIN, _speech.folder, languages=[_speech.code], fallback=True
    )
    return _speech.code


def spoken() -> str:
    """The code of the language that is spoken now."""
    return _speech.code


def system_language() -> str:
    """The language of the session as it was given, such as `de_AT`; it also says how dates are written."""
    return _speech.system


def nearest(wished: str) -> str:
    """The language of ours for a locale's name such as `pt_BR.UTF-8` or `de-AT`; English for all others."""
    name = wished.replace("-", "_").partition(".")[0].partition("@")[0]
    if name == PSEUDO:
        return PSEUDO
    code = name.partition("_")[0].lower()
    return code if code in LANGUAGES else "en"


def catalogues() -> Path:
    """Where the catalogues are: beside the source, or beside the package that was installed."""
    here = Path(__file__).resolve()
    places = (here.parents[2] / "resources" / "translations", here.parents[1] / "resources" / "translations")
    return next((place for place in places if place.is_dir()), places[0])


def N_(text: str) -> str:  # noqa: N802  # gettext's own convention
    """Mark a text that is translated later, where it is shown."""
    return text


def _(text: str) -> str:
    """The text in the chosen language."""
    return _speech.texts.gettext(text) if text else text


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form of a text that fits `count`, in the chosen language."""
    return _speech.texts.ngettext(singular, plural, count)


translate = _
