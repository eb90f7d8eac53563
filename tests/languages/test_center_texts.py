# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Every text of the Center is translated, surely and with everything that is filled in."""

from dataclasses import replace
from pathlib import Path

from babel.messages.catalog import Catalog
from django.conf import settings

from connection_client.domain.language import LANGUAGES
from installers import catalogues
from installers.center_texts import CENTER


def test_nothing_is_untranslated_unsure_or_broken() -> None:
    assert list(catalogues.problems(CENTER)) == []


def test_the_center_speaks_the_languages_of_the_client() -> None:
    offered = {code.partition("-")[0] for code, _name in settings.LANGUAGES}
    assert offered == {file.parents[1].name for file in CENTER.files} | {"en"} == set(LANGUAGES)


def test_texts_are_found_in_python_and_in_templates() -> None:
    texts = {str(message.id) for message in CENTER.extract() if isinstance(message.id, str)}
    assert "Your request was sent to your Account Administrators." in texts  # a view
    assert "Go to the start page" in texts  # a page
    assert "%(who)s waits for your approval" in texts  # a mail


def test_what_is_wrong_is_found(tmp_path: Path) -> None:
    broken = Catalog(locale="de")
    for message in CENTER.extract():
        if message.id:
            broken.add(message.id, message.id)
    broken["Write to %(name)s"].string = "An %(who)s schreiben"
    broken["Users"].string = ""
    broken["Roles"].flags.add("fuzzy")
    broken["%(days)s day"].string = ("ein Tag", "viele Tage")  # the first may say it in a word
    broken["Hello %(name)s,"].string = "Guten Tag %(name)s,\n"
    broken.delete("Record")
    catalogues.save(broken, tmp_path / "de" / "LC_MESSAGES" / "django.po")
    assert sorted(catalogues.problems(replace(CENTER, folder=tmp_path))) == [
        "de: begins or ends on another line: Hello %(name)s,",
        "de: has ['who'] where ['name'] is filled in: Write to %(name)s",
        "de: not in the catalogue: Record",
        "de: unsure: Roles",
        "de: untranslated: Users",
    ]
