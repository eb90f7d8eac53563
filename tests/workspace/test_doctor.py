# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The doctor: one thing after the other, within its time, whatever hangs or breaks."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from connection_client.domain.errors import CatalogueNotTrusted, CenterUnreachable
from connection_client.domain.findings import Check, Examined, Finding, Verdict, passed
from connection_client.workspace.doctor import Doctor, as_text, worst
from connection_client.workspace.examination import catalogue
from connection_client.workspace.view import View

NOW = datetime.now(UTC)


def test_each_line_comes_as_soon_as_it_is_known_and_what_hangs_costs_only_its_time() -> None:
    never = threading.Event()

    def hang() -> Finding:
        never.wait()
        return passed("never")

    def break_down() -> Finding:
        raise ZeroDivisionError

    checks = (
        Check("a", "A", lambda: passed("well")),
        Check("b", "B", hang),
        Check("c", "C", break_down),
        Check("d", "D", hang),
    )
    heard: list[Examined] = []
    began = time.monotonic()
    found = Doctor(checks, seconds=0.6, each=0.4).examine(heard.append)
    assert time.monotonic() - began < 5
    never.set()
    assert tuple(heard) == found
    assert [one.finding.verdict for one in found] == [Verdict.PASS, *[Verdict.FAIL] * 3]
    assert worst(found) is Verdict.FAIL
    text = as_text(found, str)
    assert text.splitlines()[0] == "Works: A: well"
    assert "ZeroDivisionError" in text
    assert text.count("No answer within") == 2


def test_it_can_be_stopped() -> None:
    checks = tuple(Check(name, name, lambda: passed("well")) for name in "abc")
    heard: list[Examined] = []
    Doctor(checks).examine(heard.append, lambda: len(heard) == 1)
    assert len(heard) == 1


@pytest.mark.parametrize(
    ("view", "verdict", "words"),
    [
        (View((), NOW), Verdict.PASS, "is verified"),
        (View(), Verdict.WARNING, "No list was fetched yet"),
        (View((), NOW - timedelta(days=9)), Verdict.WARNING, "9 days old"),
        (View((), NOW, CatalogueNotTrusted(reason="x")), Verdict.FAIL, "signature does not fit"),
        (View((), NOW, CenterUnreachable(host="h", reason="r")), Verdict.WARNING, "h cannot be reached"),
    ],
)
def test_the_list_of_applications(view: View, verdict: Verdict, words: str) -> None:
    finding = catalogue(view, NOW)
    assert finding.verdict is verdict
    assert words in finding.said(str)
