# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A system without notices has the icon's own message; pressing it opens the place."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from connection_client.domain.notices import Notice
from connection_client.ui.icon_notices import IconNotices
from connection_client.ui.notices import Herald
from tests.ui.conftest import Show

if TYPE_CHECKING:
    from connection_client.ui.tray import Tray


class Icon(QObject):
    """A tray that keeps what it was to say: no desktop of these tests shows Qt's own messages."""

    message_pressed = Signal()

    def __init__(self, *, has_messages: bool = True) -> None:
        super().__init__()
        self.has_messages = has_messages
        self.said: list[tuple[str, str]] = []

    def tell(self, title: str, text: str) -> None:
        self.said.append((title, text))


def test_updates_are_told_and_open_their_place(show: Show) -> None:
    shown = show()
    icon, parent = Icon(), QObject()
    vars(shown.desk.rooms)["notices"] = IconNotices(cast("Tray", icon), shown.desk.background)
    herald = Herald(shown.desk, lambda: False, parent)
    places: list[str] = []
    herald.place_wanted.connect(places.append)
    shown.desk.refresh()
    shown.until(lambda: bool(icon.said))
    assert icon.said == [("2 updates available", "Survey Viewer SES, Terrain Builder SES")]
    icon.message_pressed.emit()
    shown.until(lambda: places == ["updates"])
    herald.close()


def test_an_icon_without_messages_says_so(show: Show) -> None:
    shown = show()
    icon = Icon(has_messages=False)
    notices = IconNotices(cast("Tray", icon), shown.desk.background)
    assert notices.show(Notice("updates", "1 update available", "Survey Viewer SES")) is False
    assert icon.said == []
