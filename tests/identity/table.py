# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`./run python -m tests.identity.table [--check]`: puts what the tests have shown into docs/identity.md.

With `--check` it changes nothing and ends with 1 where the document says something else.
"""

import sys

from tests.identity.records import PROJECT, PROVIDERS, Rows, load
from tests.world.documents import put, write_or_check

DOCUMENT = PROJECT / "docs" / "identity.md"
BEGIN, END = "<!-- {} begins: written by the tests -->", "<!-- {} ends -->"


def main(arguments: list[str]) -> int:
    """Write or compare; 0 where the document says what the tests have shown."""
    shown = load()
    after = DOCUMENT.read_text(encoding="utf-8")
    for name, lines in (
        ("capabilities", _capabilities(shown["capabilities"])),
        ("refusals", _refusals(shown["refusals"])),
    ):
        after = put(after, BEGIN.format(name), END.format(name), lines)
    return write_or_check(DOCUMENT, after, arguments, "tests.identity.table")


def _capabilities(rows: Rows) -> list[str]:
    lines = [f"| | {' | '.join(PROVIDERS)} |", "| --- " * (len(PROVIDERS) + 1) + "|"]
    for what, verdicts in sorted(rows.items()):
        told = [verdicts.get(provider, "not tried") for provider in PROVIDERS]
        lines.append(f"| {what} | {' | '.join(told)} |")
    return lines


def _refusals(rows: Rows) -> list[str]:
    lines = ["| a provider, or somebody in its place, sends | the person reads |", "| --- | --- |"]
    return lines + [f"| {forgery} | {verdict['verdict']} |" for forgery, verdict in sorted(rows.items())]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
