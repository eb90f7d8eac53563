# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A licence that will want the Center is told of on a real bus: once for each mark and product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from connection_client.domain.entitlements import Entitlement
from connection_client.domain.settings import NOTIFY_LICENCES
from connection_client.storage.told import ToldFile
from connection_client.storage.update_locks import lock_beside
from connection_client.system.linux_notices import LinuxNotices
from connection_client.ui.licence_notices import LicenceHerald
from connection_client.ui.notices import Herald
from connection_client.workspace.view import Row
from tests.ui.conftest import Show, Shown
from tests.world.desktop import Desktop
from tests.world.notifications import NotificationServer, notification_server
from tests.world.sample_products import installed
from tests.world.sample_rooms import sample

CONFIRMED = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
UNTIL = CONFIRMED + timedelta(days=14)
LICENCE = Entitlement("mesh-viewer", entitled=True, until=UNTIL, confirmed_at=CONFIRMED)


@dataclass
class Watched:
    """A licence, the notices about it, and a clock that a test sets."""

    shown: Shown
    server: NotificationServer
    herald: Herald
    now: datetime = CONFIRMED
    licences: LicenceHerald | None = None

    def look(self, before_the_end: timedelta) -> list[str]:
        """What was told after a look at that time."""
        self.now = UNTIL - before_the_end
        assert self.licences is not None
        self.licences.look()
        self.shown.until(lambda: not self.herald._saying)
        return [notice.text.partition(":")[0] for notice in self.server.shown]


@pytest.fixture
def server(desktop: Desktop) -> Iterator[NotificationServer]:
    with notification_server(desktop.environment["DBUS_SESSION_BUS_ADDRESS"]) as running:
        yield running


@pytest.fixture
def watched(show: Show, desktop: Desktop, server: NotificationServer, tmp_path: Path) -> Iterator[Watched]:
    row = Row("mesh-viewer", "Mesh Viewer SES", installed("mesh-viewer", "10.2.0.7"), None, LICENCE)
    there = Row("road-designer", "Road Designer SES", None, None, LICENCE)  # not installed: nobody misses it
    shown = show(sample(rows=(row, there)))
    notices = LinuxNotices(desktop.environment["DBUS_SESSION_BUS_ADDRESS"])
    place = tmp_path / "told.json"
    vars(shown.desk.rooms).update(notices=notices, told=ToldFile(place, lock_beside(place)))
    parent = QObject()
    made = Watched(shown, server, Herald(shown.desk, lambda: False, parent))
    made.licences = LicenceHerald(shown.desk, made.herald, parent, lambda: made.now)
    yield made
    made.herald.close()
    notices.close()


def test_each_mark_is_told_once(watched: Watched) -> None:
    assert watched.look(timedelta(days=8)) == []
    half = "Half of the time without CONNECT Center is over"
    assert watched.look(timedelta(days=6)) == [half]
    assert watched.look(timedelta(days=5)) == [half]
    three = [half, "Less than 3 days left without CONNECT Center"]
    assert watched.look(timedelta(days=2)) == three
    assert watched.look(timedelta(hours=30)) == three
    last = [*three, "Less than a day left without CONNECT Center"]
    assert watched.look(timedelta(hours=5)) == last
    assert watched.look(-timedelta(hours=1)) == last  # it is over: the row says why
    assert {notice.title for notice in watched.server.shown} == {"Mesh Viewer SES"}


def test_another_start_tells_it_not_again(watched: Watched) -> None:
    assert len(watched.look(timedelta(days=2))) == 1
    parent = QObject()
    again = Herald(watched.shown.desk, lambda: False, parent)
    watched.herald.close()
    watched.herald = again
    watched.licences = LicenceHerald(watched.shown.desk, again, parent, lambda: watched.now)
    assert len(watched.look(timedelta(days=2))) == 1


def test_who_does_not_want_it_hears_nothing(watched: Watched) -> None:
    watched.shown.world.rooms.settings.set(NOTIFY_LICENCES, value=False)
    assert watched.look(timedelta(days=2)) == []


def test_a_finished_look_is_enough(watched: Watched) -> None:
    watched.now = UNTIL - timedelta(hours=5)
    watched.shown.desk.refresh()
    watched.shown.until(lambda: len(watched.server.shown) == 1)
