# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`./run python -m tests.faults.table [--check]`: puts what the tests have shown into docs/faults.md.

With `--check` it changes nothing and ends with 1 where the document says something else.
"""

import ast
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.faults.records import PROJECT, load
from tests.world.documents import put, write_or_check
from tests.world.node_ids import named_tests

DOCUMENT = PROJECT / "docs" / "faults.md"
BEGIN, END = "<!-- cases begin: written by the tests -->", "<!-- cases end -->"
HERE = Path(__file__).parent
_ALSO = "Also shown by"


@dataclass(frozen=True)
class Case:
    """One file of tests, as its docstring tells it; `also` are tests of other rooms."""

    path: Path
    what: str
    does: str
    beyond: str
    also: tuple[str, ...]

    @property
    def number(self) -> int:
        """Its number in the list of cases."""
        return int(self.path.stem.split("_")[1])

    def row(self, result: str) -> str:
        """The line of the table."""
        tests = [f"[{self.path.stem}](../tests/faults/{self.path.name})", *map(_linked, self.also)]
        said = ". ".join(part for part in (result, self.beyond) if part)
        return f"| {self.number} | {self.what} | {self.does} | {', '.join(tests)} | {said} |"


def cases() -> list[Case]:
    """All of them, by number."""
    return [_told(path) for path in sorted(HERE.glob("test_[0-9][0-9]_*.py"))]


def rows(results: dict[str, str]) -> list[str]:
    """The lines of the table, with the result of each file."""
    lines = ["| # | case | what the client does | test | result |", "| --- | --- | --- | --- | --- |"]
    return lines + [case.row(results.get(case.path.stem, "not run")) for case in cases()]


def main(arguments: list[str]) -> int:
    """Write or compare; 0 where the document says what the tests have shown."""
    after = put(DOCUMENT.read_text(encoding="utf-8"), BEGIN, END, rows(load()))
    return write_or_check(DOCUMENT, after, arguments, "tests.faults.table")


def _told(path: Path) -> Case:
    """The parts of the docstring, which blank lines divide."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    what, does, *more = (" ".join(part.split()) for part in text.split("\n\n"))
    also = [node for part in more if part.startswith(_ALSO) for node in named_tests(part)]
    beyond = " ".join(part for part in more if not part.startswith(_ALSO))
    return Case(path, what.rstrip("."), does, beyond, tuple(also))


def _linked(node: str) -> str:
    path, _, function = node.partition("::")
    return f"[{function}](../{path})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
