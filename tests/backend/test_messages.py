# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a Center says in its messages is read narrowly: what is strange about one loses only that one."""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest

from connection_client.backend.center_api import CenterApi
from connection_client.backend.messages import CenterMessages
from connection_client.domain.errors import CenterAnswersNonsense, NotSignedIn
from connection_client.domain.messages import Feed, Level
from tests.world.faulty_server import Exchange, FaultyServer, faulty_server

PATH = "/api/v1/messages"
GOOD = {
    "id": "3f0c",
    "level": "warning",
    "texts": {"en": "Away on Friday.", "de": "Am Freitag nicht da."},
    "link": "https://center.example/friday",
    "begins": "2026-11-24T18:00:00Z",
    "ends": "2026-11-26T18:00:00+01:00",
}


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with faulty_server() as running:
        yield running


@pytest.fixture
def source(server: FaultyServer) -> Iterator[CenterMessages]:
    with httpx.Client(trust_env=False) as client:
        center = cast("CenterApi", SimpleNamespace(address=server.address))
        yield CenterMessages(client, center, lambda: "token-1")


def says(server: FaultyServer, *messages: Any, status: int = 200) -> None:
    body = json.dumps({"messages": list(messages), "more": "later"}).encode()

    def answer(exchange: Exchange) -> None:
        if exchange.headers.get("If-None-Match") == '"v7"':
            exchange.send(304)
        else:
            exchange.send(status, body, {"ETag": '"v7"', "Content-Type": "application/json"})

    server.answers[PATH] = answer


def read(source: CenterMessages) -> Feed:
    feed = source.fetch()
    assert feed is not None
    return feed


def test_a_message_is_read_whole_and_an_unchanged_answer_is_nothing_new(
    server: FaultyServer, source: CenterMessages
) -> None:
    says(server, GOOD)
    feed = read(source)
    (message,) = feed.messages
    assert (message.id, message.level, message.link) == ("3f0c", Level.WARNING, GOOD["link"])
    assert (message.text("de"), message.text("fr")) == ("Am Freitag nicht da.", "Away on Friday.")
    assert message.begins.utcoffset() is not None
    assert source.fetch(feed.etag) is None
    assert server.requests(PATH)[0].headers["Authorization"] == "Bearer token-1"


@pytest.mark.parametrize(
    "strange",
    [
        7,
        {},
        GOOD | {"id": ""},
        GOOD | {"id": "x" * 65},
        GOOD | {"texts": {}},
        GOOD | {"texts": {"en": " \n "}},
        GOOD | {"texts": "Away"},
        GOOD | {"begins": "2026-11-24T18:00:00"},
        GOOD | {"ends": "soon"},
    ],
)
def test_one_that_cannot_be_read_loses_only_itself(
    server: FaultyServer, source: CenterMessages, strange: object
) -> None:
    says(server, strange, GOOD)
    assert [message.id for message in read(source).messages] == ["3f0c"]


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "https://", "http://[", "/friday", "https://a\nb/"]
)
def test_what_is_no_web_page_is_no_link(server: FaultyServer, source: CenterMessages, link: str) -> None:
    says(server, GOOD | {"link": link})
    assert read(source).messages[0].link == ""


def test_texts_are_one_line_of_bounded_length(server: FaultyServer, source: CenterMessages) -> None:
    says(server, GOOD | {"texts": {"en": "One\r\n\x1b[31mtwo\u2028three " + "a" * 5000}, "level": "urgent"})
    (message,) = read(source).messages
    assert message.text("en").startswith("One [31mtwo three aaa")
    assert len(message.text("en")) == 1000
    assert message.level is Level.WARNING  # of a newer Center


def test_no_more_than_can_be_shown_are_taken(server: FaultyServer, source: CenterMessages) -> None:
    says(server, *(GOOD | {"id": str(number)} for number in range(80)))
    assert len(read(source).messages) == 50


def test_a_center_without_messages_has_none(server: FaultyServer, source: CenterMessages) -> None:
    says(server, status=404)
    assert source.fetch() == Feed()
    says(server, status=401)
    with pytest.raises(NotSignedIn):
        source.fetch()
    server.answers[PATH] = lambda exchange: exchange.send(200, b'{"messages": 1}')
    with pytest.raises(CenterAnswersNonsense):
        source.fetch()
    server.answers[PATH] = lambda exchange: exchange.send(304)  # to who has nothing
    with pytest.raises(CenterAnswersNonsense):
        source.fetch()
