# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Looks at everything that the client needs, one thing after the other, and never for longer than allowed."""

import queue
import threading
import time
from collections.abc import Callable, Sequence

from connection_client.domain.findings import (
    TOO_SLOW,
    TOO_SLOW_MEND,
    Check,
    Examined,
    Finding,
    Say,
    Verdict,
    failed,
    of_anything,
)
from connection_client.domain.language import N_

TOTAL_SECONDS = 45.0
ONE_SECONDS = 15.0
MARKS = {Verdict.PASS: N_("Works"), Verdict.WARNING: N_("Warning"), Verdict.FAIL: N_("Fails")}


class Doctor:
    """Each check runs on a thread of its own, so that one that hangs costs its time and nothing else.

    `seconds` is the limit for all together, `each` for one; both in seconds.
    """

    def __init__(
        self, checks: Sequence[Check] = (), seconds: float = TOTAL_SECONDS, each: float = ONE_SECONDS
    ) -> None:
        self._checks, self._seconds, self._each = tuple(checks), seconds, each

    @property
    def checks(self) -> tuple[Check, ...]:
        """What is looked at, in this order."""
        return self._checks

    def examine(
        self,
        tell: Callable[[Examined], None] = lambda _one: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> tuple[Examined, ...]:
        """Look at everything; `tell` hears of each as soon as it is known, on this thread.

        Ends early, with what is known, once `stopped` says so.
        """
        ends = time.monotonic() + self._seconds
        found: list[Examined] = []
        for check in self._checks:
            if stopped():
                break
            left = max(min(self._each, ends - time.monotonic()), 0.0)
            one = Examined(check.name, check.title, _within(left, check.look))
            found.append(one)
            tell(one)
        return tuple(found)


def worst(found: Sequence[Examined]) -> Verdict:
    """The gravest verdict of all."""
    order = (Verdict.PASS, Verdict.WARNING, Verdict.FAIL)
    return max((one.finding.verdict for one in found), key=order.index, default=Verdict.PASS)


def as_text(found: Sequence[Examined], translate: Say) -> str:
    """The whole result to read, to copy and to send: a line for each, its advice below it."""
    lines: list[str] = []
    for one in found:
        mark = translate(MARKS[one.finding.verdict])
        lines.append(f"{mark}: {translate(one.title)}: {one.finding.said(translate)}")
        advice = one.finding.advice(translate)
        if advice:
            lines.append(f"    {advice}")
    return "\n".join(lines)


def _within(seconds: float, look: Callable[[], Finding]) -> Finding:
    answers: queue.SimpleQueue[Finding] = queue.SimpleQueue()

    def run() -> None:
        try:
            answers.put(look())
        except Exception as error:  # noqa: BLE001  # whatever it is, it is what was found
            answers.put(of_anything(error))

    threading.Thread(target=run, name="doctor", daemon=True).start()
    try:
        return answers.get(timeout=seconds)
    except queue.Empty:
        return failed(TOO_SLOW, TOO_SLOW_MEND, seconds=max(round(seconds), 1))
