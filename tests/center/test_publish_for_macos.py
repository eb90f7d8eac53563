# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`publish add` of packages and disk images for macOS, of which a publisher has to state most."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from connect_center.publisher.checks import findings
from connect_center.publisher.publishing import Publisher
from tests.world.catalogues import only

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def publisher(tmp_path: Path, settings: Settings) -> Publisher:
    settings.CENTER_STATE = tmp_path / "state"
    return Publisher(tmp_path / "state")


def test_a_package_for_macos_needs_words_of_the_publisher(publisher: Publisher, tmp_path: Path) -> None:
    path = tmp_path / "survey.pkg"
    path.write_bytes(b"xar!" + bytes(24) + b"content")
    with pytest.raises(CommandError, match=r"does not say its version.*--version 1\.2\.3"):
        call_command("publish", "add", str(path))
    call_command(
        "publish", "add", str(path), "--version", "10.2", "--product", "survey-viewer",
        "--name", "Survey Viewer", "--detect", "macos-bundle=example.survey",
    )  # fmt: skip
    (product,) = publisher.catalogue()["products"]
    assert only(only(product["releases"])["packages"])["os"] == "macos"
    assert product["detect"] == [{"type": "macos-bundle", "value": "example.survey"}]


def test_a_disk_image_asks_for_rights_where_it_needs_them_and_names_its_signer(
    publisher: Publisher, tmp_path: Path
) -> None:
    path = tmp_path / "survey.dmg"
    path.write_bytes(b"content" * 100 + b"koly" + bytes(508))
    words = ["publish", "add", str(path), "--version", "10.2", "--product", "survey-viewer"]
    words += ["--name", "Survey Viewer", "--detect", "macos-bundle=example.survey"]
    for wrong in ("team_id=abcde12345", "team_id=", "sha256=00"):
        with pytest.raises(CommandError, match="names no signer"):
            call_command(*words, "--signer", wrong)

    call_command(*words, "--detect", "macos-receipt=example.pkg", "--signer", "team_id=ABCDE12345")

    (product,) = publisher.catalogue()["products"]
    package = only(only(product["releases"])["packages"])
    assert (package["os"], package["arch"], package["signer"]) == (
        "macos",
        "universal",
        {"team_id": "ABCDE12345"},
    )
    assert (package["install"]["type"], package["install"]["elevation"]) == ("dmg-app", "self")
    assert [rule["type"] for rule in product["detect"]] == ["macos-bundle", "macos-receipt"]
    assert findings(publisher.catalogue()) == []


@pytest.mark.parametrize("name", ["a.pkg", "a.dmg", "empty.dmg", "empty.pkg"])
def test_what_is_something_else_is_refused(publisher: Publisher, tmp_path: Path, name: str) -> None:
    publisher.initialise("Example Systems")
    before = publisher.catalogue()
    (tmp_path / name).write_bytes(b"" if name.startswith("empty") else b"something else " * 99)

    with pytest.raises(CommandError, match="Nothing was published"):
        call_command("publish", "add", str(tmp_path / name), "--version", "1", "--name", "A")

    assert publisher.catalogue() == before
