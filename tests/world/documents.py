# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Tables in documents that test runs write: put between two marks, or compared with what stands there."""

from collections.abc import Sequence
from pathlib import Path


def put(text: str, begin: str, end: str, lines: Sequence[str]) -> str:
    """The text with `lines` between the two marks."""
    head, _, rest = text.partition(begin)
    _, _, tail = rest.partition(end)
    return "\n".join([head + begin, "", *lines, "", end]) + tail


def write_or_check(document: Path, after: str, arguments: Sequence[str], task: str) -> int:
    """Write what the tests have shown; with `--check` only say, and end with 1, where it is another text."""
    before = document.read_text(encoding="utf-8")
    if "--check" not in arguments:
        document.write_text(after, encoding="utf-8")
        return 0
    if after != before:
        print(f"docs/{document.name} is not what the tests have shown. Run: ./run python -m {task}")
    return int(after != before)
