# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Each trouble of the line does what it is named after, and ends when it is taken away."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from tests.world.troubled_link import Trouble, TroubledLink, troubled_link

CONTENT = bytes(range(256)) * 2_000
TOKEN = b'{"access_token": "a-secret-of-some-length"}'


class _Server(BaseHTTPRequestHandler):
    """GET gives the content, POST a token."""

    def do_GET(self) -> None:
        self._answer(CONTENT)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(TOKEN)

    def _answer(self, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Stay quiet; a line that is cut is no news here."""


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """The line was cut while it wrote."""


@pytest.fixture
def link() -> Iterator[TroubledLink]:
    with _Quiet(("127.0.0.1", 0), _Server) as server, troubled_link(3) as line:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        line.upstream = server.server_port
        yield line
        server.shutdown()


def fetched(link: TroubledLink, seconds: float = 10) -> bytes | None:
    """What arrives in a connection of its own; None where it does not come to its end."""
    try:
        return httpx.get(link.address, timeout=seconds, trust_env=False).content
    except httpx.HTTPError:
        return None


def renew(link: TroubledLink) -> bytes:
    question = {"grant_type": "refresh_token", "refresh_token": "x"}
    return httpx.post(link.address, data=question, trust_env=False).content


def test_without_trouble_all_arrives(link: TroubledLink) -> None:
    assert fetched(link) == CONTENT


@pytest.mark.parametrize("trouble", [Trouble.REFUSED, Trouble.CUT, Trouble.CORRUPT, Trouble.REORDERED])
def test_what_arrives_is_not_what_was_sent(link: TroubledLink, trouble: Trouble) -> None:
    link.trouble = trouble
    assert fetched(link) != CONTENT
    link.trouble = Trouble.NONE
    assert fetched(link) == CONTENT


def test_silence_lasts_until_it_ends(link: TroubledLink) -> None:
    link.trouble = Trouble.SILENT
    assert fetched(link, seconds=0.5) is None
    link.trouble = Trouble.NONE
    assert fetched(link) == CONTENT


@pytest.mark.parametrize("trouble", [Trouble.SLOW, Trouble.LATE])
def test_slow_and_late_bytes_are_the_right_ones(link: TroubledLink, trouble: Trouble) -> None:
    link.trouble = trouble
    assert renew(link) == TOKEN


def test_secrets_that_pass_are_known(link: TroubledLink) -> None:
    renew(link)
    assert link.tokens == {"a-secret-of-some-length"}


def test_a_renewal_whose_answer_is_troubled_is_counted(link: TroubledLink) -> None:
    renew(link)
    assert (link.renewals, link.lost_renewals) == (1, 0)
    link.trouble = Trouble.LATE
    renew(link)
    assert (link.renewals, link.lost_renewals) == (2, 1)
