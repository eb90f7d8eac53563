# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The main thread comes back to its event loop; the watchdog that sees to it says where it was."""

import time

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Show
from tests.world.sample_rooms import sample
from tests.world.watchdog import Watchdog

_SLOW_SERVICE, _AWAY_MS = 0.4, 250  # a loaded machine may take its time, but never that of a service


def sleep_on_the_main_thread() -> None:
    time.sleep(0.2)


def test_the_watchdog_says_where_the_main_thread_was(qtbot: QtBot) -> None:
    with Watchdog() as dog:
        QTimer.singleShot(20, sleep_on_the_main_thread)
        qtbot.wait(400)
    blocks = [block for block in dog.blocks if block.milliseconds > 150]
    assert len(blocks) == 1
    assert "sleep_on_the_main_thread" in blocks[0].where


def test_slow_services_never_hold_the_window(show: Show) -> None:
    shown = show(sample(slow=_SLOW_SERVICE))
    with Watchdog(_AWAY_MS) as dog:
        shown.desk.refresh(manual=True)
        for place in ("updates", "you", "help", "doctor", "history", "applications"):
            shown.window.show_place(place)
            shown.bot.wait(60)
        shown.until(lambda: not shown.desk.refreshing)
    assert dog.blocks == []
