# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Messages belong to a person and to a time: kept without network, gone with whoever signs out."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connection_client.domain.accounts import Account, SessionState, SessionStatus
from connection_client.domain.errors import CenterUnreachable
from connection_client.domain.messages import Feed, Level, Message
from connection_client.storage.messages import MessageFile
from connection_client.storage.update_locks import lock_beside
from connection_client.workspace.messages import Messages

ANA = Account("https://center.example", "a", "ana@lima-survey.example", "Ana")
BO = Account("https://center.example", "b", "bo@lima-survey.example", "Bo")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def message(name: str, level: Level = Level.INFO, *, after: float = -1, for_hours: float = 48) -> Message:
    begins = NOON + timedelta(hours=after)
    return Message(name, level, {"en": name}, begins, begins + timedelta(hours=for_hours))


@dataclass
class World:
    """A Center that answers, a person, a clock, and the file of this computer."""

    place: Path
    feed: tuple[Message, ...] = ()
    person: Account | None = ANA
    now: datetime = NOON
    problem: Exception | None = None
    leaving: bool = False  # signs out while the answer is on its way
    etags: list[str] = field(default_factory=list)

    def fetch(self, etag: str = "") -> Feed | None:
        self.etags.append(etag)
        if self.problem is not None:
            raise self.problem
        if self.leaving:
            self.person = None
        name = repr(self.feed)
        return None if etag == name else Feed(name, self.feed)

    def start(self) -> Messages:
        """As after a start of the program."""
        store = MessageFile(self.place, lock_beside(self.place))
        return Messages(self, store, lambda: self.person, lambda: self.now)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "messages.json")


def shown(messages: Messages) -> list[str]:
    return [one.id for one in messages.current()]


def test_the_weightiest_comes_first_and_of_these_the_newest(world: World) -> None:
    world.feed = (
        message("old", after=-5),
        message("new", after=-2),
        message("grave", Level.CRITICAL, after=-9),
        message("warning", Level.WARNING),
        message("over", after=-50),
        message("later", after=3),
    )
    messages = world.start()
    messages.refresh()
    assert shown(messages) == ["grave", "warning", "new", "old"]
    assert messages.coming()[0] == NOON + timedelta(hours=3)
    world.now += timedelta(hours=3)
    assert shown(messages) == ["grave", "warning", "later", "new", "old"]
    world.now += timedelta(days=9)
    assert (shown(messages), messages.coming()) == ([], ())


def test_an_outage_and_a_new_start_keep_what_still_holds(world: World) -> None:
    world.feed = (message("1"),)
    world.start().refresh()
    world.problem = CenterUnreachable(host="center.example", reason="")
    again = world.start()
    with pytest.raises(CenterUnreachable):
        again.refresh()
    assert shown(again) == ["1"]
    world.problem = None
    again.refresh()
    assert world.etags[-1] == repr(world.feed)  # only what is new is asked for
    assert shown(again) == ["1"]


def test_what_was_put_away_stays_so_until_it_is_gone(world: World) -> None:
    world.feed = (message("1"), message("2"))
    messages = world.start()
    messages.refresh()
    messages.dismiss("1")
    marks = {one.id: one.dismissed for one in world.start().current()}
    assert marks == {"1": True, "2": False}
    world.feed = (message("2"), message("3"))
    messages.refresh()
    assert [one.dismissed for one in messages.current()] == [False, False]


def test_another_person_sees_nothing_of_it_and_who_signs_out_leaves_nothing(world: World) -> None:
    world.feed = (message("1"),)
    messages = world.start()
    messages.refresh()
    world.person = BO
    assert shown(messages) == []
    messages.refresh()
    assert world.etags[-1] == ""
    assert shown(messages) == ["1"]
    world.person = None
    assert shown(messages) == []
    messages.refresh()
    assert len(world.etags) == 2  # nobody is signed in, nobody is asked
    messages.follow(SessionState(SessionStatus.SIGNED_OUT))
    world.person = BO
    assert shown(world.start()) == []
    assert '"1"' not in world.place.read_text()


def test_an_answer_that_comes_after_a_sign_out_is_not_kept(world: World) -> None:
    world.feed = (message("1"),)
    messages = world.start()
    world.leaving = True
    messages.refresh()
    world.person = ANA
    assert shown(messages) == []


def test_looks_of_the_clock_ask_seldom_and_a_person_is_always_heard(world: World) -> None:
    messages = world.start()
    world.problem = CenterUnreachable(host="center.example", reason="cut")
    with pytest.raises(CenterUnreachable):
        messages.refresh(manual=False)
    world.problem = None
    messages.refresh(manual=False)  # what failed is asked again at the next look
    assert len(world.etags) == 2
    for hours, asked in ((4, 2), (4, 3), (4, 3)):
        world.now += timedelta(hours=hours)
        messages.refresh(manual=False)
        assert len(world.etags) == asked
    messages.refresh()
    world.person = BO
    messages.refresh(manual=False)
    assert len(world.etags) == 5
