# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What `./run lint` says of modules and functions that are too long."""

import subprocess
from pathlib import Path

import pytest

from tests import limits

LONG = "def long() -> None:\n" + "    print()\n" * limits.FUNCTION_LINES
SHORT = "def short() -> None:\n" + "    print()\n" * (limits.FUNCTION_LINES - 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (LONG, [("long", 1, limits.FUNCTION_LINES + 1)]),
        (SHORT, []),
        ("class A:\n" + "".join(f"    {line}\n" for line in LONG.splitlines()), [("long", 2, 31)]),
        ("x = 1\n" * limits.MODULE_LINES, []),
        ("x = 1\n" * (limits.MODULE_LINES + 1), [("", 1, limits.MODULE_LINES + 1)]),
    ],
)
def test_what_is_too_long_is_found(text: str, found: list[tuple[str, int, int]]) -> None:
    assert list(limits.too_long("module.py", text)) == found


def test_a_reason_is_kept_only_while_it_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "module.py").write_text(LONG)
    subprocess.run(["git", "-C", str(tmp_path), "add", "module.py"], check=True)
    monkeypatch.setattr(limits, "REASONS", {})
    assert list(limits.complaints(tmp_path)) == ["module.py:1: long has 31 lines; the limit is 30"]
    monkeypatch.setattr(limits, "REASONS", {("module.py", "long"): "it is a list"})
    assert list(limits.complaints(tmp_path)) == []
    (tmp_path / "module.py").write_text(SHORT)
    assert list(limits.complaints(tmp_path)) == ["module.py: long needs no reason any longer"]
