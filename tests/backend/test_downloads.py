# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Every way in which a download goes wrong ends in a verified file, or in a refusal that keeps the good."""

import hashlib
import os
import random
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from connection_client.backend.downloads import Patience, RangeDownloads
from connection_client.domain.catalogue import InstallRecipe, Package
from connection_client.domain.errors import (
    CaptivePortal,
    DiskFull,
    DownloadCancelled,
    DownloadNotGenuine,
    DownloadStopped,
    FolderNotWritable,
    NotSignedIn,
    RoleMissing,
)
from connection_client.domain.progress import Phase, Progress
from connection_client.updates.download import VerifiedFile
from tests.world.faulty_server import Answer, Exchange, FaultyServer, faulty_server
from tests.world.full_disk import reason_against, small_disk

CONTENT = random.Random(7).randbytes(3_000_000)  # noqa: S311  # bytes, no secret
PATH = "/delivery/files/files/app.deb"
HTML = {"Content-Type": "text/html"}


def package(content: bytes = CONTENT, *, needs_account: bool = False) -> Package:
    return Package(
        os="linux",
        architecture="any",
        path="files/app.deb",
        filename="app.deb",
        length=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        install=InstallRecipe("deb"),
        needs_account=needs_account,
    )


class World:
    """A server, a folder, and a client that loses patience quickly."""

    def __init__(self, folder: Path, server: FaultyServer, client: httpx.Client) -> None:
        self.folder = folder
        self.server = server
        self.client = client
        self.told: list[Progress] = []

    mirror = ""

    def downloads(self, *, headroom: int = 0, attempts: int = 4, limit: int = 0) -> RangeDownloads:
        return RangeDownloads(
            client=self.client,
            address=lambda: self.server.address,
            folder=self.folder,
            token=lambda: "secret-token",
            limit=lambda: limit,
            patience=Patience(attempts=attempts, first_wait=0.01, longest_wait=0.02),
            headroom=headroom,
            mirror=lambda: self.mirror,
        )

    def fetch(
        self, wanted: Package | None = None, cancelled: threading.Event | None = None, headroom: int = 0
    ) -> VerifiedFile:
        return self.downloads(headroom=headroom).fetch(
            wanted or package(), self.told.append, cancelled or threading.Event()
        )

    def answer(self, answer: Answer) -> None:
        self.server.answers[PATH] = answer

    def ranges(self) -> list[str | None]:
        return [seen.headers.get("Range") for seen in self.server.requests(PATH)]

    def part(self) -> bytes:
        files = list(self.folder.glob("*.part"))
        return files[0].read_bytes() if files else b""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with faulty_server() as server, httpx.Client(trust_env=False, timeout=0.5) as client:
        world = World(tmp_path / "downloads", server, client)
        world.answer(lambda exchange: exchange.send_file(CONTENT))
        yield world


def is_good(file: VerifiedFile) -> bool:
    with file:
        return file.is_genuine() and file.path.read_bytes() == CONTENT


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


def test_the_token_goes_to_the_center(world: World) -> None:
    world.fetch(package(needs_account=True)).close()

    assert world.server.seen[0].headers["Authorization"] == "Bearer secret-token"


def test_a_public_package_is_fetched_without_token(world: World) -> None:
    world.fetch().close()

    assert "Authorization" not in world.server.seen[0].headers


def test_the_token_never_follows_to_another_origin(world: World) -> None:
    with faulty_server() as elsewhere:
        elsewhere.answers["/storage/app.deb"] = lambda exchange: exchange.send_file(CONTENT)
        target = {"Location": f"{elsewhere.address}/storage/app.deb"}
        world.answer(lambda exchange: exchange.send(302, headers=target))

        assert is_good(world.fetch(package(needs_account=True)))

        assert "Authorization" in world.server.seen[0].headers
        assert "Authorization" not in elsewhere.seen[0].headers


def test_a_short_lived_link_that_ended_is_asked_for_again(world: World) -> None:
    with faulty_server() as elsewhere:
        elsewhere.answers["/storage/app.deb"] = lambda exchange: (
            exchange.send(403) if exchange.number == 1 else exchange.send_file(CONTENT)
        )
        target = {"Location": f"{elsewhere.address}/storage/app.deb"}
        world.answer(lambda exchange: exchange.send(302, headers=target))

        assert is_good(world.fetch())
        assert len(world.ranges()) == 2


def test_a_circle_of_redirects_ends(world: World) -> None:
    world.answer(lambda exchange: exchange.send(302, headers={"Location": PATH}))

    with pytest.raises(DownloadStopped):
        world.fetch()


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.com/x", "javascript:1"])
def test_a_redirect_to_a_strange_place_is_not_followed(world: World, target: str) -> None:
    world.answer(lambda exchange: exchange.send(302, headers={"Location": target}))

    with pytest.raises(DownloadStopped) as caught:
        world.fetch()

    assert caught.value.facts["reason"] in (
        "it sends to an unprotected place",
        "an address that cannot be read",
    )


def test_a_missing_role_names_it_and_whom_to_ask(world: World) -> None:
    problem = (
        b'{"role": "Product Delivery - Download",'
        b' "administrators": [{"name": "Ana Lima", "email": "ana@lima-survey.example"}]}'
    )
    world.answer(lambda exchange: exchange.send(403, problem, {"Content-Type": "application/problem+json"}))

    with pytest.raises(RoleMissing) as caught:
        world.fetch(package(needs_account=True))

    assert caught.value.facts == {
        "role": "Product Delivery - Download",
        "administrators": ("Ana Lima <ana@lima-survey.example>",),
    }


def test_a_refused_token_asks_for_a_sign_in(world: World) -> None:
    world.answer(lambda exchange: exchange.send(401))

    with pytest.raises(NotSignedIn):
        world.fetch(package(needs_account=True))


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
from tests.backend.test_downloads import package

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
