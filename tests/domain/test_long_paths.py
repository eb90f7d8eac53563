# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Paths of Windows as text; tests/windows/test_long_paths.py opens them."""

from pathlib import Path

import pytest

from connection_client.domain.errors import FolderNotWritable
from connection_client.domain.long_paths import MOST, plain, prefixed, reachable
from connection_client.domain.texts import explain

DEEP = "\\".join(["C:", *["a" * 50] * 6])


@pytest.mark.parametrize(
    ("path", "below", "expected"),
    [
        (r"C:\Users\ada", 0, r"C:\Users\ada"),
        (r"C:\Users\ada", 240, r"\\?\C:\Users\ada"),
        (DEEP, 0, rf"\\?\{DEEP}"),
        (rf"{DEEP}\.\one\..\two", 0, rf"\\?\{DEEP}\two"),
        (DEEP.replace("\\", "/"), 0, rf"\\?\{DEEP}"),
        (rf"\\?\{DEEP}", 0, rf"\\?\{DEEP}"),
        (rf"\\files\ses{DEEP[2:]}", 0, rf"\\?\UNC\files\ses{DEEP[2:]}"),
        (rf"\\.\pipe\{'a' * 300}", 0, rf"\\.\pipe\{'a' * 300}"),
    ],
)
def test_what_is_too_long_gets_the_prefix_once(path: str, below: int, expected: str) -> None:
    assert prefixed(path, below) == expected
    assert prefixed(expected, below) == expected


@pytest.mark.parametrize("path", [r"C:\Users\ada", DEEP, rf"\\files\ses{DEEP[2:]}"])
def test_people_see_it_without(path: str) -> None:
    assert str(plain(Path(prefixed(path, MOST)))) == path


def test_a_message_names_it_as_people_know_it() -> None:
    error = FolderNotWritable(path=prefixed(DEEP), reason="it is full")
    assert DEEP in explain(error)
    assert "?" not in explain(error)


def test_elsewhere_there_is_no_such_limit() -> None:
    assert reachable(Path("/" + "a" * 200), below=200) == Path("/" + "a" * 200)
