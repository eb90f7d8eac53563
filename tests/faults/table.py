# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`./run python -m tests.faults.table [--check]`: puts what the tests have shown into docs/faults.md.

With `--check` it changes nothing and ends with 1 where the document says something else.
"""

import ast
import sys
from pathlib import Path

from tests.faults.records import PROJECT, load
from tests.world.documents import put, write_or_check

DOCUMENT = PROJECT / "docs" / "faults.md"
BEGIN, END = "<!-- cases begin: written by the tests -->", "<!-- cases end -->"
HERE = Path(__file__).parent


def main(arguments: list[str]) -> int:
    """Write or compare; 0 where the document says what the tests have shown."""
    after = put(DOCUMENT.read_text(encoding="utf-8"), BEGIN, END, _rows(load()))
    return write_or_check(DOCUMENT, after, arguments, "tests.faults.table")


def _rows(results: dict[str, str]) -> list[str]:
    lines = ["| # | case | what the client does | test | result |", "| --- | --- | --- | --- | --- |"]
    for path in sorted(HERE.glob("test_*.py")):
        case, does, beyond = _told(path)
        result = ". ".join(part for part in (results.get(path.stem, "not run"), beyond) if part)
        number = int(path.stem.split("_")[1])
        lines.append(
            f"| {number} | {case} | {does} | [{path.stem}](../tests/faults/{path.name}) | {result} |"
        )
    return lines


def _told(path: Path) -> tuple[str, str, str]:
    """Case, what the client does, and what is not tried here: the parts of the docstring."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    case, does, *beyond = (" ".join(part.split()) for part in text.split("\n\n"))
    return case.rstrip("."), does, " ".join(beyond)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
