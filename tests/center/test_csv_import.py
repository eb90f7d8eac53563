# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""CSV import: a preview with every line's reason, and all or nobody."""

from collections.abc import Callable

import pytest

from tests.world.center import ADMINISTRATOR, Center
from tests.world.visitor import Visitor, heading

DOWNLOAD = "Product Delivery - Download"


def _upload(ana: Visitor, content: bytes) -> str:
    return ana.send("users/import/", files={"file": ("users.csv", content, "text/csv")}).text


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_good_file_is_shown_first_and_added_then(
    center: Center, ana: Visitor, new_address: Callable[[], str], separator: str
) -> None:
    first, second = new_address(), new_address()
    rows = [
        ["Email", "Name", "Country", "Roles"],
        [first, "Zoë Ångström", "se", DOWNLOAD],
        [second, "Bo", "", ""],
    ]
    text = "\r\n".join(separator.join(row) for row in rows)
    preview = _upload(ana, text.encode("utf-8-sig"))
    assert "Add 2 users" in preview
    assert "Zoë Ångström" in preview
    assert first not in ana.http.get("users/", params={"q": first}).text.partition("<table")[2]
    page = ana.send("users/import/", {"text": text, "add": "1"})
    assert "2 users were added" in page.text
    assert center.wait_for_mail(second).subject == "You are registered with Lima Survey"
    assert DOWNLOAD in ana.http.get("users/", params={"q": first}).text


def test_each_wrong_line_has_its_reason_and_nobody_is_added(
    ana: Visitor, new_address: Callable[[], str]
) -> None:
    good = new_address()
    lines = [
        "name,email,country,roles",
        f"Good One,{good},PT,",
        f"Twice,{good.upper()},PT,",
        ",missing@lima-survey.example,PT,",
        "No Address,not-an-address,PT,",
        "No Country,nc@lima-survey.example,Atlantis,",
        "No Role,nr@lima-survey.example,PT,King",
        f"Ana,{ADMINISTRATOR},PT,",
        "Long,long@lima-survey.example,PT,,more,and more",
    ]
    page = ana.send("users/import/", {"text": "\n".join(lines), "add": "1"})
    assert "7 lines cannot be added, so nobody was added" in page.text
    for reason in (
        "the address stands in line 2 already",
        "the name is missing or too long",
        "“not-an-address” does not look like an e-mail address",
        "“Atlantis” is no country code of two letters",
        "there is no role “King”",
        "is a user of your organisation already",
        "there are more values than columns",
    ):
        assert reason in page.text
    assert "Nobody fits" in ana.http.get("users/", params={"q": good}).text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe\x00n", "not UTF-8 text"),
        (b"n\x00ame,email\n", "Missing: name"),
        (b"first,second\na,b\n", "Missing: name, email"),
        (b"name,email\n", "names no users"),
        (b'name,email\n"open,x@y.example\n', "cannot be read"),
        (b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
        (b"name,email\n" + b"A,a@b.example\n" * 10_001, "more than 10,000 users"),
    ],
)
def test_unreadable_files_are_refused_in_one_sentence(ana: Visitor, content: bytes, sentence: str) -> None:
    page = _upload(ana, content)
    assert sentence in page
    assert "Nothing was added." in page


def test_nothing_chosen_is_told(ana: Visitor) -> None:
    page = ana.send("users/import/", {"text": " "})
    assert "Choose a file or paste lines first." in page.text
    assert heading(page) == "Import users"


def test_hostile_names_are_shown_as_text(ana: Visitor, new_address: Callable[[], str]) -> None:
    page = ana.send("users/import/", {"text": f"name,email\n</textarea><script>x</script>,{new_address()}\n"})
    assert "<script>" not in page.text
    assert "&lt;script&gt;" in page.text
