# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Every file that names the version of a release names the same."""

import re
from xml.etree import ElementTree as ET

import pytest
from packaging.version import Version

from connection_client.version import VERSION
from installers.build import ROOT


def first(pattern: str, place: str) -> str:
    match = re.search(pattern, (ROOT / place).read_text(encoding="utf-8"), re.MULTILINE)
    assert match is not None, f"{place} names no version"
    return match[1]


def test_it_is_one_of_python_packages() -> None:
    assert str(Version(VERSION)) == VERSION


@pytest.mark.parametrize(
    ("pattern", "place"),
    [(r"^## (\S+)", "CHANGELOG.md"), (r"^connection-client \((\S+)\)", "installers/debian/changelog")],
)
def test_the_newest_changes_are_of_this_version(pattern: str, place: str) -> None:
    assert first(pattern, place) == VERSION


def test_software_centres_are_shown_this_version() -> None:
    page = ET.parse(ROOT / "resources/desktop/com.example.connection_client.metainfo.xml")  # noqa: S314  # our own
    newest = page.find("releases/release")
    assert newest is not None
    assert newest.get("version") == VERSION
    assert newest.get("date") == first(rf"^## {re.escape(VERSION)} - (\S+)", "CHANGELOG.md")


def test_documents_show_this_version() -> None:
    assert set(re.findall(r'"client":"([^"]+)"', (ROOT / "docs/broker.md").read_text())) == {VERSION}
    assert first(r"connection-client_([0-9.]+)_amd64\.deb", "docs/deployment.md") == VERSION
