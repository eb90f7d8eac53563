# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The Center speaks to each person in a language of choice: pages, mails and dates; Arabic to the left."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connect_center.apps import texts_are_compiled
from installers import catalogues
from installers.center_texts import CENTER
from tests.center.accounts import add_user, ask_for_code, create_password
from tests.center.test_accessibility import AXE, GRAVE
from tests.world.center import Center
from tests.world.center_pages import AFTER_AN_ACT, FOR_AN_ADMINISTRATOR, FOR_EVERYBODY, chromium, pages
from tests.world.visitor import Visitor, heading

TITLES = {
    "de": "Was für ein Nutzer bin ich?",
    "fr": "Quel type d'utilisateur suis-je ?",
    "es": "¿Qué clase de usuario soy?",
    "it": "Che tipo di utente sono?",
    "pl": "Jakim użytkownikiem jestem?",
    "cs": "Jaký jsem uživatel?",
    "pt": "Que tipo de utilizador sou?",
    "ja": "私はどの種類の利用者?",
    "ar": "أي نوع من المستخدمين أنا؟",
}


@pytest.fixture(scope="session", autouse=True)
def compiled_texts() -> None:
    """As `./run` does before everything."""
    catalogues.compile_all(CENTER, CENTER.folder)


def in_language(visitor: Visitor, language: str) -> Visitor:
    visitor.http.headers["Accept-Language"] = language
    return visitor


@pytest.mark.parametrize("language", TITLES)
def test_the_browser_says_the_language(visitor: Visitor, language: str) -> None:
    page = in_language(visitor, f"{language};q=0.9, en;q=0.5").open("")
    assert heading(page).replace("\u00a0", " ") == TITLES[language]
    assert f'<html lang="{language}' in page.text
    assert ('dir="rtl"' in page.text.partition(">")[2][:60]) == (language == "ar")


def test_a_brazilian_browser_and_an_unknown_one_are_answered(visitor: Visitor) -> None:
    assert heading(in_language(visitor, "pt-BR").open("")) == TITLES["pt"]
    assert heading(in_language(visitor, "tlh").open("")) == "Which kind of user am I?"


def test_a_language_is_chosen_in_the_foot_and_given_back(visitor: Visitor) -> None:
    page = visitor.send("language/", {"language": "de", "next": "/terms/"})
    assert (page.url.path, heading(page)) == ("/terms/", "Nutzungsbedingungen")
    assert heading(visitor.open("")) == TITLES["de"]
    elsewhere = visitor.send("language/", {"language": "", "next": "https://elsewhere.example/"})
    assert (elsewhere.url.host, heading(elsewhere)) == ("127.0.0.1", "Which kind of user am I?")
    assert heading(visitor.send("language/", {"language": "xx", "next": "/"})) == "Which kind of user am I?"


def test_who_chose_a_language_meets_it_in_every_browser(
    center: Center, ana: Visitor, new_address: Callable[[], str]
) -> None:
    address = new_address()
    add_user(ana, address)
    with Visitor(center) as person:
        create_password(center, person, address)
        person.sign_in(address, "Copper-lantern-88")
        person.send("language/", {"language": "fr", "next": "/connected/"})
    with Visitor(center) as elsewhere:
        page = in_language(elsewhere, "de").sign_in(address, "Copper-lantern-88")
        assert heading(page).replace("\u00a0", " ") == TITLES["fr"]
        connected = elsewhere.open("connected/").text
        assert '<option value="fr" lang="fr" selected>' in connected


@pytest.mark.parametrize(
    ("language", "complaint"),
    [
        ("it", "Questa password è troppo corta. Deve contenere almeno 12 caratteri."),
        ("ar", "يجب أن تحتوي على 12 حرفًا على الأقل"),
    ],
)
def test_what_a_library_has_not_translated_is(visitor: Visitor, language: str, complaint: str) -> None:
    page = in_language(visitor, language).register("short@lima-survey.example", password1="Ab-1")
    assert complaint in page.text


def test_mails_are_in_the_language_of_the_receiver(
    center: Center, ana: Visitor, visitor: Visitor, new_address: Callable[[], str]
) -> None:
    address = new_address()
    in_language(visitor, "de").register(address, organisation="Lima Survey")
    welcome = center.wait_for_mail(address, lambda mail: "CONNECT Center" in mail.subject)
    assert welcome.subject == "Bestätigen Sie Ihre Adresse für CONNECT Center"
    assert "Sie haben sich bei CONNECT Center registriert." in welcome.text
    visitor.confirm(welcome)
    with Visitor(center) as stranger:  # an English browser asks for a code
        ask_for_code(stranger, address)
    code = center.wait_for_mail(address, lambda mail: "Code" in mail.subject)
    assert "Er gilt 15 Minuten." in code.text


def test_dates_and_countries_are_written_as_the_reader_does(
    ana: Visitor, new_address: Callable[[], str]
) -> None:
    subject = add_user(ana, new_address())
    today = datetime.now(UTC).date()
    german = in_language(ana, "de").open(f"users/{subject}/").text
    assert f"<dt>Seit</dt><dd>{today:%d.%m.%Y}</dd>" in german
    assert f"<dt>Since</dt><dd>{today}</dd>" in in_language(ana, "en").open(f"users/{subject}/").text
    countries = {"de": "Deutschland", "pt": "Alemanha", "ja": "ドイツ", "ar": "ألمانيا"}
    for language, germany in countries.items():
        assert f'<option value="DE">{germany}</option>' in in_language(ana, language).open("users/add/").text


@pytest.mark.parametrize(("language", "direction"), [("de", ""), ("ja", ""), ("ar", "rtl")])
def test_every_page_fits_a_telephone_in(center: Center, language: str, direction: str) -> None:
    source, found, seen = AXE.read_text(), [], 0
    with chromium() as browser:
        context = browser.new_context(
            viewport={"width": 360, "height": 780}, bypass_csp=True, locale=language
        )
        for name, page in pages(center, context):
            seen += 1
            said = page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
            if said != [language, direction]:
                found.append((name, "speaks", said))
            page.evaluate(source)
            result = page.evaluate("axe.run()")
            found.extend(
                (name, rule["id"], rule["nodes"][0]["html"][:200])
                for rule in result["violations"]
                if rule["impact"] in GRAVE
            )
            too_wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            if page.evaluate(too_wide) > 0:
                found.append((name, "wider than the window", language))
    assert found == []
    assert seen == len(FOR_EVERYBODY) + len(FOR_AN_ADMINISTRATOR) + len(AFTER_AN_ACT)


def test_who_has_never_come_is_invited_in_the_language_of_the_administrator(
    center: Center, ana: Visitor, new_address: Callable[[], str]
) -> None:
    address = new_address()
    ana.send("language/", {"language": "it", "next": "/"})
    try:
        add_user(ana, address)
    finally:
        ana.send("language/", {"language": "", "next": "/"})
    invitation = center.wait_for_mail(address)
    assert invitation.subject == "Registrazione presso Lima Survey"


def test_a_center_without_compiled_texts_says_so(
    center: Center, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert texts_are_compiled() == []
    monkeypatch.setattr("connect_center.apps.__file__", str(tmp_path / "apps.py"))
    (complaint,) = texts_are_compiled()
    assert "ar, cs, de, es, fr, it, ja, pl, pt" in complaint.msg
    assert complaint.hint == "Run: python -m installers.translations compile"
