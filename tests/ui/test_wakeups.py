# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""After sleep, or when the network is back, the window looks again by itself, once."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QSignalSpy

from connection_client.ui import looking
from connection_client.ui.looking import Looking
from tests.ui.conftest import Show, Shown


def test_waking_up_looks_again_once(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connection_client.ui.looking._WAKE_SECONDS", 0.2)
    shown = show()
    shown.until(lambda: not shown.desk.refreshing)
    spy = QSignalSpy(shown.desk.busy_changed)
    for _ in range(5):
        shown.world.wakeups.tell(None)  # logind and NetworkManager both, and more than once
    shown.until(lambda: spy.count() >= 2)
    shown.until(lambda: not shown.desk.refreshing)
    assert spy.count() == 2, "one look: begun and ended"


def next_look(shown: Shown) -> int:
    """Milliseconds until the client looks by itself; -1 where it never would."""
    (found,) = shown.desk.findChildren(Looking)
    (again,) = found.findChildren(QTimer)
    return again.remainingTime() if again.isActive() else -1


def test_a_look_that_fails_is_repeated_soon_and_then_less_and_less_soon(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = show()
    assert next_look(shown) > 60 * 60_000  # hours, as long as all is well
    spy = QSignalSpy(shown.desk.failed)

    def broken(_manual: bool) -> None:  # noqa: FBT001  # as the workspace has it
        raise RuntimeError("something unforeseen")

    monkeypatch.setattr(shown.world.workspace, "refresh", broken)
    waits = []
    for tried in range(1, 4):
        shown.desk.refresh()
        shown.until(lambda tried=tried: spy.count() == tried and not shown.desk.refreshing)  # type: ignore[misc]
        waits.append(next_look(shown) / 60_000)
    assert 0.7 < waits[0] < 1.3 < waits[1] < 2.5 < waits[2] < 5
    monkeypatch.undo()
    monkeypatch.setattr(looking, "_MINUTE_MS", 1)
    shown.desk.refresh()
    shown.until(lambda: not shown.desk.refreshing)


def test_each_look_makes_good_what_a_sign_out_without_network_left(show: Show) -> None:
    shown = show()
    before = shown.world.session.revocations_tried
    assert before >= 1
    shown.desk.refresh()
    shown.until(lambda: shown.world.session.revocations_tried == before + 1)
