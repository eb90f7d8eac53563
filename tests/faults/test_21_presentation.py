# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A presentation, a full screen, or rendering at night.

Says nothing while the desktop wants silence, and the rest in one digest afterwards. A start with the session
asks for nothing.

Also shown by tests/ui/test_notices.py::test_updates_come_as_one_digest_and_once,
tests/ui/test_notices.py::test_what_fell_into_silence_is_told_later_and_a_message_once (the client's own
digest), tests/ui/test_care.py::test_nothing_asks_for_a_password_before_somebody_is_there and
tests/updates/test_on_a_desktop.py::test_a_hidden_start_asks_for_nothing_until_the_window_opens.

Whether a full screen means silence is the word of the desktop's notification server: here one of the tests.
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
