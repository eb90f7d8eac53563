# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Whatever a server does ends in a verified file, or in a refusal that keeps the good."""

import pytest

from connection_client.domain.errors import CaptivePortal, DownloadNotGenuine, DownloadStopped
from tests.backend.downloads.world import CONTENT, HTML, World, is_good
from tests.world.faulty_server import Answer, Exchange


def ignored_range(exchange: Exchange) -> None:
    exchange.send(200, CONTENT, cut=2_000_000 if exchange.number == 1 else None)


def wrong_content_range(exchange: Exchange) -> None:
    if exchange.start is None:
        exchange.send(200, CONTENT, cut=1_000_000 if exchange.number == 1 else None)
    else:
        exchange.send(206, CONTENT[:500_000], {"Content-Range": f"bytes 0-499999/{len(CONTENT)}"})


def range_not_satisfiable(exchange: Exchange) -> None:
    if exchange.start is not None:
        exchange.send(416)
    else:
        exchange.send(200, CONTENT, cut=2_000_000 if exchange.number == 1 else None)


def changed_and_back(exchange: Exchange) -> None:
    """A first answer of other bytes; If-Range then tells that the file is another one now."""
    if exchange.number == 1:
        exchange.send_file(bytes(len(CONTENT)), '"old"', cut=1_000_000)
    else:
        exchange.send_file(CONTENT, '"new"')


def mixed_without_etag(exchange: Exchange) -> None:
    """Pieces of two files that nothing tells apart but the hash."""
    if exchange.number == 1:
        exchange.send(200, bytes(len(CONTENT)), cut=1_000_000)
    elif exchange.start is not None:
        content_range = f"bytes {exchange.start}-{len(CONTENT) - 1}/{len(CONTENT)}"
        exchange.send(206, CONTENT[exchange.start :], {"Content-Range": content_range})
    else:
        exchange.send(200, CONTENT)


def without_length(exchange: Exchange) -> None:
    """The end of the connection is the end of the answer: a cut looks like a whole (HTTP/1.0)."""
    start = exchange.start or 0
    piece = CONTENT[start : start + 1_000_000]
    content_range = f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}"
    exchange.send(206 if start else 200, piece, {"Content-Range": content_range}, length=False)


def busy_at_first(exchange: Exchange) -> None:
    if exchange.number < 3:
        exchange.send(503, headers={"Retry-After": "0"})
    else:
        exchange.send_file(CONTENT)


def weak_etag(exchange: Exchange) -> None:
    if exchange.headers.get("If-Range") is not None:
        exchange.send(500)
    else:
        exchange.send_file(CONTENT, 'W/"weak"', cut=1_000_000 if exchange.number == 1 else None)


@pytest.mark.parametrize(
    "answer",
    [
        ignored_range,
        wrong_content_range,
        range_not_satisfiable,
        changed_and_back,
        mixed_without_etag,
        without_length,
        busy_at_first,
        weak_etag,
    ],
)
def test_a_server_with_oddities_still_gives_the_file(world: World, answer: Answer) -> None:
    world.answer(answer)

    assert is_good(world.fetch())


def test_a_server_that_falls_silent_is_asked_again(world: World) -> None:
    world.answer(
        lambda exchange: (
            exchange.stall(CONTENT, 1_000) if exchange.number == 1 else exchange.send_file(CONTENT)
        )
    )

    assert is_good(world.fetch())
    assert world.ranges() == [None, "bytes=1000-"]


def other_bytes(exchange: Exchange) -> None:
    exchange.send_file(CONTENT[:-1] + b"x")


def too_long(exchange: Exchange) -> None:
    exchange.send(200, CONTENT + b"x" * 10)


def too_long_without_length(exchange: Exchange) -> None:
    exchange.send(200, CONTENT + b"x" * 10, length=False)


def too_short(exchange: Exchange) -> None:
    exchange.send(200, CONTENT[:-10])


@pytest.mark.parametrize("answer", [other_bytes, too_long, too_long_without_length, too_short])
def test_what_was_not_signed_is_refused_and_removed(world: World, answer: Answer) -> None:
    world.answer(answer)

    with pytest.raises(DownloadNotGenuine) as caught:
        world.fetch()

    assert caught.value.facts == {"filename": "app.deb"}
    assert list(world.folder.iterdir()) == []


def test_one_changed_byte_is_noticed(world: World) -> None:
    changed = bytearray(CONTENT)
    changed[1_234_567] ^= 1
    world.answer(lambda exchange: exchange.send_file(bytes(changed)))

    with pytest.raises(DownloadNotGenuine):
        world.fetch()


def test_a_compressed_answer_is_refused(world: World) -> None:
    world.answer(lambda exchange: exchange.send(200, CONTENT, {"Content-Encoding": "gzip"}))

    with pytest.raises(DownloadStopped) as caught:
        world.fetch()

    assert "compressed" in str(caught.value.facts["reason"])


@pytest.mark.parametrize("length", [True, False])
def test_a_sign_in_page_instead_of_the_file_keeps_the_part(world: World, length: bool) -> None:  # noqa: FBT001
    def wall(exchange: Exchange) -> None:
        if exchange.number == 1:
            exchange.send_file(CONTENT, cut=1_000_000)
        else:
            exchange.send(200, b"<html>Sign in</html>", HTML, length=length)

    world.answer(wall)
    with pytest.raises(CaptivePortal):
        world.fetch()

    assert world.part() == CONTENT[:1_000_000]
    world.answer(lambda exchange: exchange.send_file(CONTENT))
    assert is_good(world.fetch())
    assert world.ranges()[-1] == "bytes=1000000-"


@pytest.mark.parametrize("status", [404, 410])
def test_a_file_that_is_gone_is_said_at_once(world: World, status: int) -> None:
    world.answer(lambda exchange: exchange.send(status))

    with pytest.raises(DownloadStopped) as caught:
        world.fetch()

    assert caught.value.facts == {"reason": "the file is not there", "kept": 0}
    assert len(world.ranges()) == 1


def test_a_server_that_never_recovers_stops_the_download_and_the_part_is_kept(world: World) -> None:
    world.answer(
        lambda exchange: (
            exchange.send_file(CONTENT, cut=1_000_000) if exchange.number == 1 else exchange.send(500)
        )
    )

    with pytest.raises(DownloadStopped) as caught:
        world.fetch()

    assert caught.value.facts == {"reason": "HTTP 500", "kept": 1_000_000}
    assert world.part() == CONTENT[:1_000_000]


def test_no_server_stops_the_download(world: World) -> None:
    world.server.close()

    with pytest.raises(DownloadStopped) as caught:
        world.fetch()

    assert caught.value.facts["reason"] == "nothing answers there"
