# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""docs/faults.md is what the cases say of themselves, and every test that they name is there."""

import ast
import re

import pytest

from tests.faults.records import PROJECT
from tests.faults.table import BEGIN, DOCUMENT, END, Case, cases, rows
from tests.world.documents import put
from tests.world.node_ids import is_a_test, named_tests

CASES = 34
_ROW = re.compile(r"\| \d+ \| .*? \| .*? \| \[(test_\d\d_\w+)\].*? \| (.*) \|")
_RESULT = re.compile(r"(passes|not tried: [^.;]+)(; not tried: [^.;]+)*")


def test_every_case_is_there_once() -> None:
    assert [case.number for case in cases()] == list(range(1, CASES + 1))


def test_the_page_is_what_the_tests_say() -> None:
    """But for the results, which are those of the run that wrote it."""
    text = DOCUMENT.read_text("utf-8")
    found = {stem: _result(said) for stem, said in _ROW.findall(text)}
    assert len(found) == CASES
    assert put(text, BEGIN, END, rows(found)) == text, "run ./run python -m tests.faults.table"


def _result(said: str) -> str:
    result = _RESULT.match(said)
    assert result, f"no result of a run that went well: {said}"
    return result[0]


@pytest.mark.parametrize("case", cases(), ids=lambda case: str(case.number))
def test_each_names_tests_that_exist(case: Case) -> None:
    own = [one for one in ast.parse(case.path.read_text("utf-8")).body if isinstance(one, ast.FunctionDef)]
    assert [one.name for one in own if one.name.startswith("test_")]
    for node in case.also:
        assert is_a_test(node), f"{case.path.name} names {node}, which is no test"
    for place in named_tests(case.beyond):
        assert is_a_test(place) or (PROJECT / place).is_file(), f"{case.path.name} names {place}"


@pytest.mark.parametrize(
    "node",
    [
        "tests/faults/test_table.py",
        "tests/faults/test_table.py::test_nothing_of_this_name",
        "tests/faults/test_no_such_file.py::test_x",
        "tests/faults/table.py::cases",
    ],
)
def test_what_is_no_test_is_noticed(node: str) -> None:
    assert named_tests(f"shown by {node}.") == [node]
    assert not is_a_test(node)
