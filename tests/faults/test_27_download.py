# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A download is cut, compressed, changed, redirected, ignores ranges, or lies about its length or names none.

Resumes or begins again, installs only what has the signed hash, and takes the token to no other origin.

Also shown by tests/backend/downloads/test_odd_servers.py::test_a_server_with_oddities_still_gives_the_file
and tests/backend/downloads/test_tokens_and_links.py::test_the_token_never_follows_to_another_origin.
"""

import gzip
import hashlib
import random
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from connection_client.backend.downloads import Patience, RangeDownloads
from connection_client.domain.catalogue import InstallRecipe, Package
from connection_client.domain.errors import DownloadNotGenuine, DownloadStopped
from tests.world.faulty_server import Answer, Exchange, FaultyServer, faulty_server

CONTENT = random.Random(27).randbytes(400_000)  # noqa: S311  # bytes, no secret
PATH = "/delivery/files/files/app.deb"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
PACKAGE = Package(
    os="linux",
    architecture="any",
    path="files/app.deb",
    filename="app.deb",
    length=len(CONTENT),
    sha256=SHA256,
    install=InstallRecipe("deb"),
    needs_account=True,
)


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with faulty_server() as running:
        yield running


def fetched(server: FaultyServer, folder: Path) -> bytes:
    """What a client that loses patience quickly has got, verified."""
    with httpx.Client(trust_env=False, timeout=1) as client:
        downloads = RangeDownloads(
            client=client,
            address=lambda: server.address,
            folder=folder,
            token=lambda: "secret-token",
            patience=Patience(attempts=4, first_wait=0.01, longest_wait=0.02),
            headroom=0,
        )
        with downloads.fetch(PACKAGE, lambda _progress: None, threading.Event()) as file:
            assert file.is_genuine()
            return file.path.read_bytes()


def cut(exchange: Exchange) -> None:
    exchange.send_file(CONTENT, cut=100_000 if exchange.number == 1 else None)


def cut_and_then_no_ranges(exchange: Exchange) -> None:
    if exchange.number == 1:
        exchange.send_file(CONTENT, cut=100_000)
    else:
        exchange.send(200, CONTENT)


def cut_and_then_another_range(exchange: Exchange) -> None:
    if exchange.number == 1:
        exchange.send_file(CONTENT, cut=100_000)
    elif exchange.number == 2:
        exchange.send(206, CONTENT[5:], {"Content-Range": f"bytes 5-{len(CONTENT) - 1}/{len(CONTENT)}"})
    else:
        exchange.send_file(CONTENT)


def cut_and_then_not_satisfiable(exchange: Exchange) -> None:
    if exchange.number == 1:
        exchange.send_file(CONTENT, cut=100_000)
    elif exchange.number == 2:
        exchange.send(416)
    else:
        exchange.send_file(CONTENT)


def cut_without_length(exchange: Exchange) -> None:
    """Nothing says how long it would be: the end of the connection looks like the end of the file."""
    start = exchange.start or 0
    piece = CONTENT[start : start + 100_000]
    content_range = f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}"
    exchange.send(206 if start else 200, piece, {"Content-Range": content_range}, length=False)


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        (cut, [None, "bytes=100000-"]),
        (cut_and_then_no_ranges, [None, "bytes=100000-"]),
        (cut_and_then_another_range, [None, "bytes=100000-", None]),
        (cut_and_then_not_satisfiable, [None, "bytes=100000-", None]),
        (cut_without_length, [None, "bytes=100000-", "bytes=200000-", "bytes=300000-"]),
    ],
)
def test_the_file_arrives_whole(
    server: FaultyServer, tmp_path: Path, answer: Answer, asked: list[str | None]
) -> None:
    server.answers[PATH] = answer
    assert fetched(server, tmp_path / "downloads") == CONTENT
    assert [seen.headers.get("Range") for seen in server.seen] == asked


@pytest.mark.parametrize("honest", [True, False], ids=["really compressed", "only said so"])
def test_a_compressed_answer_is_not_unpacked(server: FaultyServer, tmp_path: Path, *, honest: bool) -> None:
    """Positions and hash are those of the signed bytes: what was packed on the way is neither."""
    body = gzip.compress(CONTENT) if honest else CONTENT
    server.answers[PATH] = lambda exchange: exchange.send(200, body, {"Content-Encoding": "gzip"})
    with pytest.raises(DownloadStopped):
        fetched(server, tmp_path / "downloads")
    assert server.seen[0].headers["Accept-Encoding"] == "identity"
    assert not [path for path in (tmp_path / "downloads").iterdir() if path.stat().st_size]


@pytest.mark.parametrize("wrong", [CONTENT[:-1] + b"x", CONTENT + b"x" * 100_000, CONTENT[:-1]])
def test_what_was_not_signed_is_removed(server: FaultyServer, tmp_path: Path, wrong: bytes) -> None:
    server.answers[PATH] = lambda exchange: exchange.send(200, wrong)
    with pytest.raises(DownloadNotGenuine):
        fetched(server, tmp_path / "downloads")
    assert not [path for path in (tmp_path / "downloads").iterdir() if path.read_bytes() == wrong]


def test_the_token_stays_with_its_origin(server: FaultyServer, tmp_path: Path) -> None:
    with faulty_server() as elsewhere:
        elsewhere.answers["/storage/app.deb"] = lambda exchange: exchange.send_file(CONTENT)
        target = {"Location": f"{elsewhere.address}/storage/app.deb"}
        server.answers[PATH] = lambda exchange: exchange.send(302, headers=target)
        assert fetched(server, tmp_path / "downloads") == CONTENT
        assert server.seen[0].headers["Authorization"] == "Bearer secret-token"
        assert "Authorization" not in elsewhere.seen[0].headers
