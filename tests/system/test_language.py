# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The language that a person chose in macOS, where the session names none."""

import plistlib
from pathlib import Path

import pytest

from connection_client.system.language import preferred_language


@pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"AppleLanguages": ["de-AT", "en-AT"], "AppleLocale": "de_AT"}, "de_AT"),
        ({"AppleLanguages": ["zh-Hans-CN"]}, "zh_Hans_CN"),
        ({"AppleLanguages": []}, ""),
        ({"AppleLanguages": [7]}, ""),
        ({"AppleLanguages": "fr"}, ""),
        ({}, ""),
    ],
)
def test_the_first_of_the_preferred_languages_counts(
    values: dict[str, object], expected: str, form: plistlib.PlistFormat, tmp_path: Path
) -> None:
    file = tmp_path / ".GlobalPreferences.plist"
    file.write_bytes(plistlib.dumps(values, fmt=form))
    assert preferred_language(file) == expected


@pytest.mark.parametrize("content", [None, b"", b"bplist00", b"<plist>"])
def test_what_cannot_be_read_chooses_nothing(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / ".GlobalPreferences.plist"
    if content is not None:
        file.write_bytes(content)
    assert preferred_language(file) == ""
