# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Messages of the Center in the window and, on a real bus, on the desktop: each once, by its id."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from connection_client.domain import language
from connection_client.domain.messages import Feed, Level, Message
from connection_client.domain.settings import NOTIFY_MESSAGES
from connection_client.storage.messages import MessageFile
from connection_client.storage.told import ToldFile
from connection_client.storage.update_locks import lock_beside
from connection_client.system.linux_notices import LinuxNotices
from connection_client.ui.message_notices import MessageHerald
from connection_client.ui.notices import Herald
from connection_client.workspace.messages import Messages
from tests.ui.conftest import Show, Shown, named
from tests.world.desktop import Desktop
from tests.world.notifications import NotificationServer, notification_server
from tests.world.sample_products import NOW, SOFIA
from tests.world.sample_rooms import sample

LINK = "https://center.lima-survey.example/maintenance"
FRIDAY = "The Center is away on Friday from 18:00 to 19:00."
FREITAG = "Das Center ist am Freitag von 18 bis 19 Uhr nicht da."


def message(name: str, text: str = FRIDAY, level: Level = Level.INFO, **facts: str) -> Message:
    texts = {"en": text, **{code: said for code, said in facts.items() if code != "link"}}
    times = NOW - timedelta(hours=1), NOW + timedelta(days=2)
    return Message(name, level, texts, *times, facts.get("link", ""))


@dataclass
class Feeding:
    """A Center of this test: says what it is given, and nothing new for what is known already."""

    messages: tuple[Message, ...] = ()
    asked: list[str] = field(default_factory=list)

    def fetch(self, etag: str = "") -> Feed | None:
        self.asked.append(etag)
        now = repr(self.messages)
        return None if etag == now else Feed(now, self.messages)


@dataclass
class Heard:
    """A window, the bus, and a Center that says something."""

    shown: Shown
    server: NotificationServer
    feeding: Feeding
    herald: Herald
    looked_at: bool = False

    def look(self, *messages: Message, tells: int = 0) -> list[tuple[str, str]]:
        """All that was told after a look at these messages, which `tells` so many of them anew."""
        self.feeding.messages = messages
        before = len(self.server.shown)
        looked: list[bool] = []
        self.shown.desk.refresh(manual=True)  # looks of the clock ask for messages seldom
        self.shown.until(lambda: not self.shown.desk.refreshing)
        self.shown.desk.news.looked.connect(lambda: looked.append(True))
        self.shown.desk.news.load()
        self.shown.until(lambda: bool(looked))
        self.shown.until(lambda: len(self.server.shown) >= before + tells)
        self.shown.bot.wait(150)  # for what must not come
        self.shown.until(lambda: not self.herald._saying)
        return [(notice.title, notice.text) for notice in self.server.shown]


@pytest.fixture
def server(desktop: Desktop) -> Iterator[NotificationServer]:
    with notification_server(desktop.environment["DBUS_SESSION_BUS_ADDRESS"]) as running:
        yield running


Start = Callable[[], Heard]


@pytest.fixture
def start(show: Show, desktop: Desktop, server: NotificationServer, tmp_path: Path) -> Iterator[Start]:
    """Each call is a program that has just started; what lies on the disk is that of last time."""
    feeding, parent = Feeding(), QObject()
    notices = LinuxNotices(desktop.environment["DBUS_SESSION_BUS_ADDRESS"])
    heralds: list[Herald] = []

    def starting() -> Heard:
        place, told = tmp_path / "messages.json", tmp_path / "told.json"
        world = sample(rows=())  # no updates, which are told of too
        world.messages = Messages(feeding, MessageFile(place, lock_beside(place)), lambda: SOFIA)
        shown = show(world)
        vars(shown.desk.rooms).update(notices=notices, told=ToldFile(told, lock_beside(told)))
        herald = Herald(shown.desk, lambda: heard.looked_at, parent)
        heard = Heard(shown, server, feeding, herald)
        MessageHerald(shown.desk, herald, parent)
        heralds.append(herald)
        return heard

    yield starting
    for herald in heralds:
        herald.close()
    notices.close()


def test_a_message_is_told_once_and_not_again_at_the_next_start(start: Start) -> None:
    first = start()
    once = [("Message from CONNECT Center", FRIDAY)]
    assert first.look(message("1"), tells=1) == once
    assert first.look(message("1")) == once
    again = start()
    first.herald.close()
    assert again.look(message("1")) == once
    assert again.look(message("1"), message("2", "Another."), tells=1) == [*once, (once[0][0], "Another.")]


def test_several_come_as_one_digest_and_a_critical_one_by_itself(start: Start) -> None:
    told = start().look(
        message("1", "One."), message("2", "Two."), message("3", "Now.", Level.CRITICAL), tells=2
    )
    assert sorted(told) == [
        ("2 messages from CONNECT Center", "One.\nTwo."),
        ("Message from CONNECT Center", "Now."),
    ]


def test_who_switched_messages_off_hears_only_critical_ones(start: Start) -> None:
    heard = start()
    heard.shown.world.rooms.settings.set(NOTIFY_MESSAGES, value=False)
    told = heard.look(message("1"), message("2", "Weigh this.", Level.WARNING))
    assert told == []
    told = heard.look(message("3", "Now.", Level.CRITICAL), tells=1)
    assert told == [("Message from CONNECT Center", "Now.")]


@pytest.mark.parametrize("level", Level)
def test_silence_is_kept_and_the_message_comes_afterwards(start: Start, level: Level) -> None:
    heard = start()
    heard.server.silent = True
    assert heard.look(message("1", level=level)) == []
    assert heard.shown.window.message.isVisible()
    heard.server.silent = False
    assert len(heard.look(message("1", level=level), tells=1)) == 1


def test_what_is_read_in_the_window_is_not_told_besides(start: Start) -> None:
    heard = start()
    heard.looked_at = True
    assert heard.look(message("1")) == []
    heard.looked_at = False
    assert heard.look(message("1")) == []


def test_the_notice_leads_to_the_page_and_to_help(start: Start) -> None:
    heard = start()
    heard.look(message("1", link=LINK), tells=1)
    (notice,) = heard.server.shown
    assert notice.actions == {"default": "", "read": "Read more", "open": "Open CONNECTION Client"}
    heard.server.press(notice.number, "read")
    heard.shown.until(lambda: heard.shown.world.opened == [LINK])
    with heard.shown.bot.waitSignal(heard.herald.place_wanted, timeout=5000) as wanted:
        heard.server.press(notice.number, "default")
    assert wanted.args == ["help"]


def test_the_window_holds_out_the_weightiest_until_it_is_dismissed(start: Start) -> None:
    heard = start()
    window, strip = heard.shown.window, heard.shown.window.message
    assert not strip.isVisible()
    heard.look(message("1", "One.", link=LINK), message("2", "Two.", Level.CRITICAL))
    assert strip.text.text() == "Two."
    QTest.mouseClick(strip.close_button, Qt.MouseButton.LeftButton)
    heard.shown.until(lambda: strip.text.text() == "One.")
    assert strip.isVisible()
    QTest.mouseClick(named(strip, "Read more"), Qt.MouseButton.LeftButton)
    heard.shown.until(lambda: heard.shown.world.opened == [LINK])
    QTest.mouseClick(strip.close_button, Qt.MouseButton.LeftButton)
    heard.shown.until(lambda: not strip.isVisible() and not heard.shown.desk.news.held_out)
    window.show_place("help")
    assert texts_of(window.help.messages) >= {"Two.", "One."}
    again = start()
    again.look(message("1", "One.", link=LINK), message("2", "Two.", Level.CRITICAL))
    assert not again.shown.window.message.isVisible()
    again.look()
    again.shown.window.show_place("help")
    assert not again.shown.window.help.messages.isVisible()


def test_it_speaks_the_language_of_the_window(start: Start) -> None:
    heard = start()
    language.choose("de")
    try:
        told = heard.look(message("1", de=FREITAG), message("2", "Only English."), tells=1)
    finally:
        language.choose("en")
    assert told[0][1] == f"{FREITAG}\nOnly English."


def test_a_message_that_was_announced_begins_and_ends_by_itself(start: Start) -> None:
    heard = start()
    begins = datetime.now().astimezone() + timedelta(seconds=3)
    heard.look(Message("1", Level.INFO, {"en": FRIDAY}, begins, begins + timedelta(seconds=4)))
    strip = heard.shown.window.message
    assert not strip.isVisible()
    heard.shown.until(strip.isVisible)
    heard.shown.until(lambda: not strip.isVisible())
    assert len(heard.server.shown) == 1


def texts_of(card: QObject) -> set[str]:
    return {one.text() for one in card.findChildren(QLabel) if one.isVisible()}
