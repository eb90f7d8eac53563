# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`python -m tests.limits`: modules and functions that are longer than one reads at a time; exits with 1."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULE_LINES = 250
FUNCTION_LINES = 30
GENERATED = "migrations"  # Django writes them
# What may be longer, and why. One that is no longer needed fails as well.
REASONS: dict[tuple[str, str], str] = {}  # path and name ("" for the module): why


def tracked(root: Path) -> list[Path]:
    """The Python files that git knows."""
    done = subprocess.run(["git", "ls-files", "*.py"], cwd=root, check=True, capture_output=True, text=True)
    paths = [Path(line) for line in done.stdout.splitlines()]
    return [path for path in paths if GENERATED not in path.parts and (root / path).exists()]


def too_long(path: str, text: str) -> Iterator[tuple[str, int, int]]:
    """Name ("" for the module), first line and length of what is longer than it may be."""
    lines = len(text.splitlines())
    if lines > MODULE_LINES:
        yield "", 1, lines
    for node in ast.walk(ast.parse(text, path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield node.name, node.lineno, length


def complaints(root: Path) -> Iterator[str]:
    """One line for each, and for each reason that nothing needs."""
    met = set()
    for path in tracked(root):
        for name, line, length in too_long(str(path), (root / path).read_text(encoding="utf-8")):
            met.add((path.as_posix(), name))
            if (path.as_posix(), name) not in REASONS:
                limit = FUNCTION_LINES if name else MODULE_LINES
                yield f"{path}:{line}: {name or 'the module'} has {length} lines; the limit is {limit}"
    for unneeded, name in REASONS.keys() - met:
        yield f"{unneeded}: {name or 'the module'} needs no reason any longer"


def main() -> int:
    """Print what is too long."""
    found = sorted(complaints(ROOT))
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
