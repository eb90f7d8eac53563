# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A presentation, a full screen, or rendering at night.

Says nothing while the desktop wants silence, and the rest in one digest afterwards.
"""

import uuid
from collections.abc import Iterator

import pytest

from connection_client.domain.notices import Notice
from connection_client.system.linux_notices import LinuxNotices
from tests.world.notifications import NotificationServer, notification_server


@pytest.fixture
def server(session_bus: str) -> Iterator[NotificationServer]:
    with notification_server(session_bus) as running:
        yield running


def test_silence_and_then_one_digest(session_bus: str, server: NotificationServer) -> None:
    notices = LinuxNotices(session_bus)
    title = uuid.uuid4().hex
    server.silent = True
    assert [notices.show(Notice("updates", title, f"{count}")) for count in (1, 2)] == [False, False]
    assert server.shown == []
    server.silent = False
    assert notices.show(Notice("updates", title, "3"))
    assert notices.show(Notice("updates", title, "4"))
    first, second = server.shown
    assert (first.replaces, second.replaces) == (0, first.number)  # one notice, brought up to date
    notices.close()
