# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A download arrives whole and verified, however often the line breaks."""

import stat

import pytest

from connection_client.domain.progress import Phase
from tests.backend.downloads.world import CONTENT, World, is_good, package


def test_a_download_arrives_in_a_private_place_under_a_made_name(world: World) -> None:
    file = world.fetch()

    assert is_good(file)
    assert file.path.name == f"{package().sha256}.deb"
    assert stat.S_IMODE(world.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert list(world.folder.iterdir()) == [file.path]
    assert world.server.seen[0].headers["Accept-Encoding"] == "identity"
    assert world.told[-1].done == len(CONTENT)
    assert world.told[-1].phase is Phase.DOWNLOADING


def test_a_finished_download_is_not_fetched_again(world: World) -> None:
    world.fetch().close()
    world.fetch().close()

    assert len(world.ranges()) == 1


def test_a_finished_file_that_was_changed_on_the_disk_is_fetched_again(world: World) -> None:
    file = world.fetch()
    file.close()
    file.path.write_bytes(CONTENT[:-1] + b"x")

    assert is_good(world.fetch())
    assert len(world.ranges()) == 2


def test_an_open_file_notices_a_swap_behind_its_back(world: World) -> None:
    with world.fetch() as file:
        other = file.path.with_name("other")
        other.write_bytes(CONTENT)
        other.replace(file.path)

        assert not file.is_genuine()


@pytest.mark.parametrize("cut", [1, 1_000, 65_536, 1_500_001, len(CONTENT) - 1])
def test_a_cut_connection_is_resumed_where_it_broke(world: World, cut: int) -> None:
    world.answer(lambda exchange: exchange.send_file(CONTENT, cut=cut if exchange.number == 1 else None))

    assert is_good(world.fetch())
    assert world.ranges()[-1] == f"bytes={cut}-"
    assert world.server.seen[-1].headers["If-Range"] == '"v1"'


def test_a_connection_that_always_breaks_still_ends_when_it_moves(world: World) -> None:
    world.answer(lambda exchange: exchange.send_file(CONTENT, cut=400_000))

    assert is_good(world.fetch())
    assert len(world.ranges()) == 8
