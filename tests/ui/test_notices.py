# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Notices on a real bus: a server of the tests shows them and presses their buttons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from connection_client.domain.accounts import SessionStatus
from connection_client.domain.notices import Notice
from connection_client.domain.settings import NOTIFY_UPDATES
from connection_client.storage.told import ToldFile
from connection_client.storage.update_locks import lock_beside
from connection_client.system.linux_notices import LinuxNotices
from connection_client.ui.notices import Herald
from connection_client.workspace.view import Row
from tests.ui.conftest import Show, Shown
from tests.world.desktop import Desktop
from tests.world.notifications import NotificationServer, notification_server
from tests.world.sample_products import sample_rows
from tests.world.sample_rooms import sample


@pytest.fixture
def server(desktop: Desktop) -> Iterator[NotificationServer]:
    with notification_server(desktop.environment["DBUS_SESSION_BUS_ADDRESS"]) as running:
        yield running


@pytest.fixture
def herald(show: Show, desktop: Desktop, server: NotificationServer) -> Iterator[tuple[Shown, Herald]]:
    shown = show()
    notices = LinuxNotices(desktop.environment["DBUS_SESSION_BUS_ADDRESS"])
    vars(shown.desk.rooms)["notices"] = notices
    parent = QObject()
    made = Herald(shown.desk, lambda: False, parent)
    yield shown, made
    made.close()
    notices.close()


def test_updates_come_as_one_digest_and_once(
    herald: tuple[Shown, Herald], server: NotificationServer
) -> None:
    shown, _made = herald
    shown.desk.refresh()
    shown.until(lambda: bool(server.shown))
    notice = server.shown[0]
    assert notice.title == "2 updates available"
    assert notice.text == "Survey Viewer SES, Terrain Builder SES"
    assert notice.actions == {
        "default": "",
        "update-all": "Update all",
        "open": "Open CONNECTION Client",
    }
    shown.desk.refresh()
    shown.until(lambda: not shown.desk.refreshing)
    shown.bot.wait(100)
    assert len(server.shown) == 1


def test_update_all_is_pressed_on_the_notice(
    herald: tuple[Shown, Herald], server: NotificationServer
) -> None:
    shown, _made = herald
    shown.desk.refresh()
    shown.until(lambda: bool(server.shown))
    server.press(server.shown[0].number, "update-all")
    shown.until(lambda: not shown.desk.updates)
    shown.until(lambda: any("is installed" in notice.text for notice in server.shown))


def test_a_sign_in_that_ended_is_told_and_leads_to_the_sign_in(
    herald: tuple[Shown, Herald], server: NotificationServer
) -> None:
    shown, made = herald
    with shown.bot.waitSignal(made.place_wanted, timeout=5000) as wanted:
        shown.world.session.become(replace(shown.desk.session, status=SessionStatus.ENDED))
        shown.until(lambda: bool(server.shown))
        assert server.shown[0].text == "Your sign-in has ended. Everything is kept."
        server.press(server.shown[0].number, "default")
    assert wanted.args == ["you"]


@pytest.mark.parametrize("reason", ["switched off", "do not disturb"])
def test_silence_is_kept(herald: tuple[Shown, Herald], server: NotificationServer, reason: str) -> None:
    shown, _made = herald
    if reason == "do not disturb":
        server.silent = True
    else:
        shown.world.rooms.settings.set(NOTIFY_UPDATES, value=False)
    shown.desk.refresh()
    shown.until(lambda: not shown.desk.refreshing)
    shown.bot.wait(200)
    assert server.shown == []


def test_without_a_server_nothing_is_lost(desktop: Desktop) -> None:
    notices = LinuxNotices("unix:path=/nonexistent")
    assert notices.show(Notice("updates", "1 update available", "Survey Viewer SES")) is False
    notices.close()


def test_a_new_start_tells_nothing_again_but_what_is_new(
    show: Show, desktop: Desktop, server: NotificationServer, tmp_path: Path
) -> None:
    def start(rows: tuple[Row, ...]) -> Shown:
        """The program as it starts: all in its memory is new, the file is the one of last time."""
        shown = show(sample(rows=rows))
        place = tmp_path / "told.json"
        vars(shown.desk.rooms).update(notices=notices, told=ToldFile(place, lock_beside(place)))
        heralds.append(Herald(shown.desk, lambda: False, parent))
        shown.desk.refresh()
        shown.until(lambda: not shown.desk.refreshing)
        return shown

    parent, heralds = QObject(), list[Herald]()
    notices = LinuxNotices(desktop.environment["DBUS_SESSION_BUS_ADDRESS"])
    survey = next(row for row in sample_rows() if row.product_id == "survey-viewer")
    first = start((survey,))
    first.until(lambda: len(server.shown) == 1)
    first.until((tmp_path / "told.json").exists)
    again = start((survey,))
    again.bot.wait(200)
    assert len(server.shown) == 1
    later = start(sample_rows())
    later.until(lambda: len(server.shown) == 2)
    assert server.shown[1].title == "2 updates available"
    for herald in heralds:
        herald.close()
    notices.close()


def test_what_fell_into_silence_is_told_later_and_a_message_once(
    herald: tuple[Shown, Herald], server: NotificationServer
) -> None:
    shown, made = herald
    message = Notice("message", "Maintenance on Friday", "The Center is away from 18:00 to 19:00.")
    server.silent = True
    made.say_once(NOTIFY_UPDATES, message, frozenset({"message 42"}))
    shown.bot.wait(200)
    assert server.shown == []
    server.silent = False
    made.say_once(NOTIFY_UPDATES, message, frozenset({"message 42"}))
    shown.until(lambda: len(server.shown) == 1)
    shown.until(lambda: not shown.world.told.new({"message 42"}))
    made.say_once(NOTIFY_UPDATES, message, frozenset({"message 42"}))
    shown.bot.wait(200)
    assert len(server.shown) == 1
