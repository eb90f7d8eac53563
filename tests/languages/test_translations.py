# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Every text of the client is translated, surely and with everything that is filled in."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from connection_client.domain import language
from connection_client.system.language import session_language
from installers import translations


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("translations")
    translations.compile_all(folder, pseudo=True)
    return folder


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    language.prepare(Path(), "en")
    language.choose("")


def test_nothing_is_untranslated_unsure_or_broken() -> None:
    assert list(translations.problems()) == []


def test_there_is_a_catalogue_for_every_language() -> None:
    with_texts = {file.parents[1].name for file in translations.language_files()}
    assert with_texts | {"en"} == set(language.LANGUAGES)


def test_a_text_that_loses_what_is_filled_in_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = Catalog(locale="de")
    for message in translations.extract():
        if message.id:
            broken.add(message.id, message.id)
    broken["Signed in as {who}."].string = "Angemeldet als {name}."
    broken["Quit"].string = ""
    broken["Help"].flags.add("fuzzy")
    broken.delete("Search")
    monkeypatch.setattr(translations, "FOLDER", tmp_path)
    translations.save(broken, tmp_path / "de" / "LC_MESSAGES" / "connection_client.po")
    assert sorted(translations.problems()) == [
        "de: has ['name'] where ['who'] is filled in: Signed in as {who}.",
        "de: not in the catalogue: Search",
        "de: unsure: Help",
        "de: untranslated: Quit",
    ]


@pytest.mark.parametrize("code", [code for code in language.LANGUAGES if code != "en"])
def test_each_language_speaks(compiled: Path, code: str) -> None:
    language.prepare(compiled, "en")
    assert language.choose(code) == code
    assert language._("Sign out") != "Sign out"
    for count in (0, 1, 2, 3, 5, 11, 100):
        said = language.ngettext("{count} update available", "{count} updates available", count)
        assert said.format(count=count) not in {f"{count} update available", f"{count} updates available"}


def test_the_pseudo_language_shows_what_is_not_translated(compiled: Path) -> None:
    language.prepare(compiled, "en")
    assert language.choose(language.PSEUDO) == language.PSEUDO
    assert language._("Signed in as {who}.").format(who="Ana") == "[Šîgñéd îñ åš Ana. ~~~~]"


def test_the_language_of_the_session_serves_where_none_is_wished(compiled: Path) -> None:
    language.prepare(compiled, "de_AT.UTF-8")
    assert language.choose("") == "de"
    assert language._("Settings") == "Einstellungen"
    assert language.choose("en") == "en"
    assert language.choose("xx") == "en"


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({"LANG": "pt_BR.UTF-8"}, "pt_BR.UTF-8"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ja_JP.UTF-8"}, "ja_JP.UTF-8"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "cs:en"}, "cs"),
        ({"LANG": "C.UTF-8"}, "en"),
    ],
)
def test_the_session_says_its_language(environment: dict[str, str], wanted: str) -> None:
    assert session_language(environment) == wanted


def test_the_command_line_speaks_it(compiled: Path, tmp_path: Path) -> None:
    translations.compile_all(translations.FOLDER)
    named = {"LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8", "LANGUAGE": "", "HOME": str(tmp_path)}
    apart = {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    done = subprocess.run(
        [sys.executable, "-m", "connection_client", "settings", "get", "nothing"],
        env={**os.environ, **named, **apart},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "Es gibt keine Einstellung nothing." in done.stderr
