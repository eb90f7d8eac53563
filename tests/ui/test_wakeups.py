# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""After sleep, or when the network is back, the window looks again by itself, once."""

import pytest
from PySide6.QtTest import QSignalSpy

from tests.ui.conftest import Show


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
