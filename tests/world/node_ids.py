# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Tests that documents and docstrings name, in the words of pytest: `tests/room/test_file.py::test_what`."""

import ast
import re
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parents[2]
_NAMED = re.compile(r"\btests/[\w/]+\.py(?:::\w+)*")


def named_tests(text: str) -> list[str]:
    """The tests that a text names, in its order; also those that name a file alone."""
    return _NAMED.findall(text)


def is_a_test(node: str) -> bool:
    """Whether that function is in that file, and pytest would run it."""
    path, _, function = node.partition("::")
    return function.startswith("test_") and function in _functions(PROJECT / path)


@cache
def _functions(file: Path) -> frozenset[str]:
    if not file.is_file() or not file.name.startswith("test_"):
        return frozenset()
    body = ast.parse(file.read_text(encoding="utf-8")).body
    return frozenset(one.name for one in body if isinstance(one, ast.FunctionDef))
