# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Figures become a table, a document's lines and JSON; what is missing is said."""

import json
from dataclasses import replace

import pytest

from tests.bench._machine import Machine, processor
from tests.bench.figures import Figure, Row, Unmeasured, as_json, as_markdown, as_table

KEPT = Figure("start", 100.0, 80.0, "ms", "a bare tray", 1.25)
BROKEN = Figure("memory", 1234.56, 20.0, "MB", "a bare tray", 1.5)
TO_NOTHING = Figure("other: switches", 30.0, 0.0, "/m", "a bare tray")
ABSENT = Unmeasured("another", "it cannot be installed")
ROWS: list[Row] = [KEPT, BROKEN, TO_NOTHING, ABSENT]
MACHINE = Machine(
    "2026-11-24 20:00 UTC", "Example CPU", 2, 24, "Debian GNU/Linux 12.11", "6.1", "3.11.2", "1.0.0", 0.04, 0
)


@pytest.mark.parametrize(
    ("row", "met"),
    [
        (KEPT, True),
        (BROKEN, False),
        (TO_NOTHING, True),
        (Figure("bytes", 0.0, 1.0, "B", "none is allowed", 0.0), True),
        (Figure("bytes", 1.0, 1.0, "B", "none is allowed", 0.0), False),
        (Figure("bytes", 1.0, 0.0, "B", "nothing", 1.0), False),
        (ABSENT, True),
        (Unmeasured("ours", "it broke", met=False), False),
    ],
)
def test_a_bar_is_kept_or_missed(row: Row, met: bool) -> None:  # noqa: FBT001
    assert row.met is met


def test_the_table_says_each_row_on_a_line() -> None:
    _, kept, broken, nothing, absent = as_table(ROWS).splitlines()
    assert kept.split() == ["start", "100.0", "ms", "80.0", "ms", "1.25", "1.25", "a", "bare", "tray"]
    assert broken.endswith("BAR MISSED")
    assert nothing.split()[-5:] == ["-", "-", "a", "bare", "tray"]
    assert absent.split(maxsplit=1)[1] == "not measured: it cannot be installed"


def test_a_document_has_the_machine_and_the_table() -> None:
    told, empty, head, _, *rows = as_markdown(ROWS, MACHINE)
    for part in (
        "2026-11-24",
        "Example CPU",
        "2 cores",
        "Debian GNU/Linux 12.11",
        "Python 3.11.2",
        "load was 0.04",
    ):
        assert part in told
    assert "no other program had Qt open" in told
    assert empty == ""
    assert rows == [
        "| start | 100.0 ms | a bare tray, 80.0 ms | 1.25 | 1.25 |",
        "| memory | 1,234.6 MB | a bare tray, 20.0 MB | 61.73 | 1.5, **missed** |",
        "| other: switches | 30.0 /m | a bare tray, 0.0 /m |  |  |",
        "| another | not measured: it cannot be installed | | | |",
    ]
    assert head.count("|") == 6


def test_what_is_counted_has_no_fraction() -> None:
    assert as_table([Figure("requests", 2, 40.0, "", "what is allowed")]).splitlines()[1].split()[1:3] == [
        "2",
        "40",
    ]
    assert "| 1,024 B |" in as_markdown([Figure("sent", 1024, 1024, "B", "what is allowed")], MACHINE)[-1]


def test_others_with_qt_are_named() -> None:
    assert "3 other programs had Qt open" in as_markdown([], replace(MACHINE, with_qt=3))[0]


def test_a_pipe_in_a_reason_ends_no_cell() -> None:
    (row,) = as_markdown([Unmeasured("another", "a | b")], MACHINE)[4:]
    assert row == "| another | not measured: a \\| b | | | |"


def test_json_has_numbers_that_others_can_read() -> None:
    told = json.loads(as_json(ROWS, MACHINE), parse_constant=pytest.fail)
    assert [row.get("ratio", "none") for row in told["figures"]] == [1.25, 1234.56 / 20, None, "none"]
    assert [row["met"] for row in told["figures"]] == [True, False, True, True]
    assert told["machine"]["cores"] == 2


def test_the_processor_is_what_the_kernel_calls_it() -> None:
    assert processor("processor\t: 0\nmodel name\t: Example CPU @ 2 GHz\nmodel name\t: Other\n") == (
        "Example CPU @ 2 GHz"
    )
    assert processor("BogoMIPS\t: 48.00\n") == ""
