# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What lies on the disk is gone on with, replaced or collected, whatever became of it."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from connection_client.backend.pace import Pace
from connection_client.domain.errors import DiskFull, DownloadCancelled, FolderNotWritable
from connection_client.domain.progress import Progress
from tests.backend.downloads.world import CONTENT, World, is_good, package
from tests.world.faulty_server import Exchange
from tests.world.full_disk import reason_against, small_disk


def test_a_part_that_rotted_on_the_disk_is_replaced(world: World) -> None:
    world.folder.mkdir()
    (world.folder / f"{package().sha256}.part").write_bytes(os.urandom(1_000_000))

    assert is_good(world.fetch())
    assert world.ranges() == ["bytes=1000000-", None]


def test_a_part_longer_than_the_file_is_replaced(world: World) -> None:
    world.folder.mkdir()
    (world.folder / f"{package().sha256}.part").write_bytes(bytes(len(CONTENT) + 1))

    assert is_good(world.fetch())


def test_a_link_in_place_of_the_part_is_not_followed(world: World, tmp_path: Path) -> None:
    world.folder.mkdir()
    treasure = tmp_path / "treasure"
    treasure.write_bytes(b"mine")
    (world.folder / f"{package().sha256}.part").symlink_to(treasure)

    with pytest.raises(FolderNotWritable):
        world.fetch()

    assert treasure.read_bytes() == b"mine"


def test_cancelling_keeps_the_part_and_a_later_start_goes_on(world: World) -> None:
    cancelled = threading.Event()

    def cancel_later(progress: Progress) -> None:
        if progress.done > 0:
            cancelled.set()

    with pytest.raises(DownloadCancelled) as caught:
        world.downloads(limit=1_000_000).fetch(package(), cancel_later, cancelled)

    kept = int(str(caught.value.facts["kept"]))
    assert 0 < kept < len(CONTENT)
    assert world.part() == CONTENT[:kept]
    assert is_good(world.fetch())
    assert world.ranges()[-1] == f"bytes={kept}-"


def test_cancelling_does_not_wait_for_a_silent_server(world: World) -> None:
    cancelled = threading.Event()

    def cancel_when_part_is_here() -> None:
        while not world.server.over.wait(0.01):
            if world.part() == CONTENT[:1_000]:
                cancelled.set()
                return

    world.answer(lambda exchange: exchange.stall(CONTENT, 1_000))
    threading.Thread(target=cancel_when_part_is_here).start()
    with httpx.Client(trust_env=False, timeout=60) as patient:
        world.client = patient
        started = time.monotonic()
        with pytest.raises(DownloadCancelled) as caught:
            world.fetch(cancelled=cancelled)

    assert caught.value.facts["kept"] == 1_000
    assert time.monotonic() - started < 20


def test_the_limit_slows_down_and_progress_tells_rate_and_time_left(world: World) -> None:
    world.downloads(limit=3_000_000).fetch(package(), world.told.append, threading.Event()).close()

    middle = [progress for progress in world.told if progress.rate > 0]
    assert middle
    assert all(progress.rate < 6_000_000 for progress in middle)
    assert all(progress.seconds_left is not None for progress in middle)
    assert [progress.done for progress in world.told] == sorted(progress.done for progress in world.told)


def test_a_limit_that_is_lifted_on_the_way_ends_the_wait(world: World) -> None:
    limits = iter([1_000, 1_000])  # with it the whole would take most of an hour

    downloads = world.downloads(limit=lambda: next(limits, 0))

    assert is_good(downloads.fetch(package(), world.told.append, threading.Event()))


def test_a_limit_that_is_set_on_the_way_holds_from_then_on() -> None:
    limit, nobody = 0, threading.Event()
    pace = Pace(0, 10_000_000, lambda: limit)

    def seconds(fetched: int) -> float:
        began = time.monotonic()
        pace.hold(fetched, nobody)
        return time.monotonic() - began

    assert seconds(5_000_000) < 1
    limit = 1_000
    nobody.wait(0.6)  # longer than between two questions
    seconds(1)
    assert seconds(1_000) > 0.8


def test_a_cancelled_download_waits_for_no_limit() -> None:
    cancelled = threading.Event()
    pace = Pace(0, 10_000_000, lambda: 1)
    pace.hold(1, cancelled)
    threading.Timer(0.2, cancelled.set).start()

    pace.hold(9_000_000, cancelled)

    assert cancelled.is_set()


def test_too_little_space_is_noticed_before_the_first_byte(world: World) -> None:
    with pytest.raises(DiskFull) as caught:
        world.fetch(headroom=1 << 60)

    assert caught.value.facts["kept"] == 0
    assert world.server.seen == []


@pytest.mark.skipif(bool(reason_against()), reason=reason_against())
def test_a_disk_that_fills_up_in_the_middle_keeps_what_fitted(world: World, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 4 << 20) as disk:
        world.folder = disk / "downloads"

        def fill(exchange: Exchange) -> None:
            if exchange.number == 1:
                (disk / "neighbour").write_bytes(bytes(2 << 20))
            exchange.send_file(CONTENT)

        world.answer(fill)
        with pytest.raises(DiskFull) as caught:
            world.fetch()
        kept = int(str(caught.value.facts["kept"]))
        assert 1_000_000 < kept < len(CONTENT)
        assert world.part()[:kept] == CONTENT[:kept]

        (disk / "neighbour").unlink()
        file = world.fetch()

        assert is_good(file)
        assert world.ranges()[-1] == f"bytes={kept}-"


def test_old_parts_are_collected(world: World) -> None:
    world.folder.mkdir()
    old = world.folder / f"{'0' * 64}.part"
    old.write_bytes(b"forgotten")
    os.utime(old, (1, 1))

    world.fetch().close()

    assert not old.exists()


def test_discarding_removes_everything(world: World) -> None:
    world.fetch().close()

    world.downloads().discard(package())

    assert list(world.folder.iterdir()) == []


KILLED = """
import sys, threading
from pathlib import Path
import httpx
from connection_client.backend.downloads import RangeDownloads
from tests.backend.downloads.world import package

with httpx.Client(trust_env=False) as client:
    RangeDownloads(client, lambda: sys.argv[1], Path(sys.argv[2]), str, headroom=0).fetch(
        package(), lambda progress: print(progress.done, flush=True), threading.Event()
    )
"""


def test_killed_at_any_moment_it_goes_on_from_what_was_written(world: World) -> None:
    def slowly(exchange: Exchange) -> None:
        start = exchange.start or 0
        content_range = f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}"
        headers = {"ETag": '"v1"', "Content-Range": content_range}
        exchange.begin(206 if exchange.start is not None else 200, len(CONTENT) - start, headers)
        for place in range(start, len(CONTENT), 100_000):
            exchange.write(CONTENT[place : place + 100_000])
            world.server.over.wait(0.05)

    world.answer(slowly)
    kept = 0
    for kill in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, world.server.address, str(world.folder)], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        while int(process.stdout.readline() or len(CONTENT)) < (kill + 1) * 600_000:
            pass
        process.kill()
        process.communicate()
        assert len(world.part()) > kept
        kept = len(world.part())
        assert world.part() == CONTENT[:kept]

    assert is_good(world.fetch())
    assert world.ranges()[-1] == f"bytes={kept}-"
