# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A real HTTP server on loopback that serves files well, until a test tells it to misbehave on a path."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Seen:
    """A request as it arrived."""

    path: str
    headers: Mapping[str, str]


class Exchange:
    """One request and the ways to answer it; `number` counts the requests for this path from 1."""

    def __init__(self, handler: BaseHTTPRequestHandler, number: int, over: threading.Event) -> None:
        self._over = over
        self._handler = handler
        self.number = number
        self.headers = handler.headers

    @property
    def start(self) -> int | None:
        """The first byte that the Range header asks for."""
        wanted = self.headers.get("Range")
        return int(wanted.removeprefix("bytes=").partition("-")[0]) if wanted else None

    def send(
        self,
        status: int,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        *,
        cut: int | None = None,
        length: bool = True,
    ) -> None:
        """Answer; `cut` breaks the connection after so many bytes, without `length` its end is the end."""
        self._handler.send_response(status)
        for name, value in (headers or {}).items():
            self._handler.send_header(name, value)
        if length:
            self._handler.send_header("Content-Length", str(len(body)))
        else:
            self._handler.send_header("Connection", "close")
        self._handler.end_headers()
        self.write(body if cut is None else body[:cut])
        if cut is not None or not length:
            self.hang_up()

    def send_file(self, content: bytes, etag: str = '"v1"', *, cut: int | None = None) -> None:
        """Serve as a good server does: ranges, If-Range, ETag."""
        condition = self.headers.get("If-Range")
        if self.start is not None and condition in (None, etag):
            content_range = f"bytes {self.start}-{len(content) - 1}/{len(content)}"
            headers = {"ETag": etag, "Content-Range": content_range}
            self.send(206, content[self.start :], headers, cut=cut)
        else:
            self.send(200, content, {"ETag": etag}, cut=cut)

    def begin(self, status: int, length: int, headers: Mapping[str, str]) -> None:
        """Send the head of an answer whose body follows by `write`."""
        self._handler.send_response(status)
        for name, value in headers.items():
            self._handler.send_header(name, value)
        self._handler.send_header("Content-Length", str(length))
        self._handler.end_headers()

    def stall(self, content: bytes, count: int) -> None:
        """Promise all, send `count` bytes, then say nothing for as long as the test lasts."""
        self.begin(200, len(content), {"ETag": '"v1"'})
        self.write(content[:count])
        self._over.wait(60)
        self.hang_up()

    def say_nothing(self) -> None:
        """Take the question and answer not at all for as long as the test lasts."""
        self._over.wait(60)
        self.hang_up()

    def trickle(self, content: bytes, seconds: float = 0.2) -> None:
        """Promise all and send it byte by byte: never silent, and never done."""
        self.begin(200, len(content), {"ETag": '"v1"'})
        for byte in content:
            self.write(bytes([byte]))
            if self._over.wait(seconds):
                break
        self.hang_up()

    def write(self, body: bytes) -> None:
        """Send bytes; a client that hung up is no failure."""
        with suppress(OSError):
            self._handler.wfile.write(body)
            self._handler.wfile.flush()

    def hang_up(self) -> None:
        """Break the connection."""
        self._handler.close_connection = True
        with suppress(OSError):
            self._handler.connection.shutdown(2)


Answer = Callable[[Exchange], None]


class FaultyServer:
    """`mounts` maps an address prefix to a folder; `answers` take precedence, by exact path."""

    def __init__(self) -> None:
        self.mounts: dict[str, Path] = {}
        self.answers: dict[str, Answer] = {}
        self.seen: list[Seen] = []
        self.over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def requests(self, path: str) -> list[Seen]:
        """What arrived for a path."""
        return [seen for seen in self.seen if seen.path == path]

    def close(self) -> None:
        """Stop listening."""
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(world) -> type[BaseHTTPRequestHandler]:  # noqa: N805  # `self` is the handler's
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base's name
                """Say nothing."""

            def do_GET(self) -> None:
                world.seen.append(Seen(self.path, dict(self.headers)))
                exchange = Exchange(self, len(world.requests(self.path)), world.over)
                answer = world.answers.get(self.path)
                if answer is not None:
                    answer(exchange)
                    return
                content = world.content(self.path)
                if content is None:
                    exchange.send(404)
                else:
                    exchange.send_file(content)

            def handle(self) -> None:
                with suppress(OSError):
                    super().handle()

        return Handler

    def content(self, path: str) -> bytes | None:
        """The file that a path is mounted on."""
        for prefix, folder in self.mounts.items():
            if path.startswith(prefix):
                file = folder / path.removeprefix(prefix)
                return file.read_bytes() if file.is_file() else None
        return None


@contextmanager
def faulty_server() -> Iterator[FaultyServer]:
    """A server that is gone afterwards."""
    server = FaultyServer()
    try:
        yield server
    finally:
        server.close()
