# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A mirror comes before the Center, and is believed no more than anybody else."""

import threading
import time
from pathlib import Path

import pytest

from connection_client.domain.errors import DownloadStopped
from tests.backend.downloads.world import CONTENT, HTML, World, is_good, package


@pytest.fixture
def share(world: World, tmp_path: Path) -> Path:
    """The file on a share of the organisation, which the client is told of."""
    file = tmp_path / "share" / package().path
    file.parent.mkdir(parents=True)
    file.write_bytes(CONTENT)
    world.mirror = str(tmp_path / "share")
    return file


def test_a_share_comes_before_the_center(world: World, share: Path) -> None:
    assert is_good(world.fetch(package(needs_account=True)))

    assert world.server.seen == []
    assert world.told[-1].done == len(CONTENT)


def test_the_speed_limit_holds_for_a_share_as_well(world: World, share: Path) -> None:
    began = time.monotonic()
    downloads = world.downloads(limit=2 * len(CONTENT) // 3)

    assert is_good(downloads.fetch(package(), world.told.append, threading.Event()))

    assert time.monotonic() - began > 1
    assert world.server.seen == []
    assert [one.done for one in world.told] == sorted(one.done for one in world.told)


@pytest.mark.parametrize("content", [CONTENT[:-1] + b"?", CONTENT + b"more", b"", CONTENT[:1_000_000]])
def test_a_share_that_holds_something_else_leaves_it_to_the_center(
    world: World, share: Path, content: bytes
) -> None:
    share.write_bytes(content)

    assert is_good(world.fetch())

    assert len(world.server.seen) == 1


def test_a_share_that_is_away_leaves_it_to_the_center(world: World) -> None:
    world.mirror = "/nowhere/share"

    assert is_good(world.fetch())


def test_what_a_short_share_gave_is_gone_on_with(world: World, share: Path) -> None:
    share.write_bytes(CONTENT[:1_000_000])

    assert is_good(world.fetch())

    assert world.ranges() == ["bytes=1000000-"]


def test_a_server_of_the_organisation_gets_no_token_and_is_resumed(world: World, tmp_path: Path) -> None:
    path = "/mirror/files/app.deb"
    world.mirror = f"{world.server.address}/mirror"
    world.server.answers[path] = lambda exchange: exchange.send_file(CONTENT, cut=700_000)
    world.answer(lambda exchange: exchange.send(404))
    with pytest.raises(DownloadStopped):
        world.fetch(package(needs_account=True))
    world.server.answers[path] = lambda exchange: exchange.send_file(CONTENT)

    assert is_good(world.fetch(package(needs_account=True)))

    asked = world.server.requests(path)
    assert [one.headers.get("Range") for one in asked] == ["bytes=0-", f"bytes={700_000}-"]
    assert all("Authorization" not in one.headers for one in asked)


def test_a_sign_in_page_in_place_of_the_mirror_is_not_taken(world: World) -> None:
    world.mirror = f"{world.server.address}/mirror"
    page = b"<html>sign in</html>"
    world.server.answers["/mirror/files/app.deb"] = lambda exchange: exchange.send(200, page, HTML)

    assert is_good(world.fetch())
