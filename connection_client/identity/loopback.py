# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Where the browser comes back to: a listener on this computer alone (RFC 8252, section 7.3).

It answers one path, once, and only to the browser that carries this sign-in's `state`.
"""

import queue
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from connection_client.domain.errors import SignInCancelled, SignInRefused, SignInTimedOut
from connection_client.domain.language import N_, _
from connection_client.identity.closing_page import closing_page

ADDRESS = "127.0.0.1"  # the literal: `localhost` may mean another interface (RFC 8252, section 8.3)
PATH = "/callback"
ANSWER_SECONDS = 20.0  # how long the browser waits to hear how the sign-in ended
SEND_SECONDS = 2.0
REQUEST_SECONDS = 5.0  # how long a request may take to arrive

HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",  # the address holds the code
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Connection": "close",
}


class Loopback:
    """Listens from its construction until `close`; raises SignInRefused where a fixed port is taken."""

    def __init__(self, port: int = 0) -> None:
        self.state = secrets.token_urlsafe(32)
        self._queries: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._taken = threading.Lock()
        self._outcome: tuple[str, str] | None = None
        self._concluded = threading.Event()
        self._sent = threading.Event()
        try:
            self._server = ThreadingHTTPServer((ADDRESS, port), _handler(self._answer))
        except OSError as error:
            raise SignInRefused(reason=N_("the port for the way back is taken by another program")) from error
        self._server.daemon_threads = True
        self._server.block_on_close = False
        serve = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), daemon=True, name="way back"
        )
        serve.start()

    @property
    def redirect_uri(self) -> str:
        """The address that the provider sends the browser to."""
        return f"http://{ADDRESS}:{self._server.server_port}{PATH}"

    def wait(self, seconds: float) -> str:
        """The query of the way back; raises SignInTimedOut, SignInCancelled."""
        try:
            query = self._queries.get(timeout=seconds)
        except queue.Empty:
            raise SignInTimedOut(minutes=max(1, round(seconds / 60))) from None
        if query is None:
            raise SignInCancelled
        return query

    def cancel(self) -> None:
        """Let `wait` end at once."""
        self._queries.put(None)

    def conclude(self, title: str, text: str) -> None:
        """Tell the browser how it ended."""
        self._outcome = (title, text)
        self._concluded.set()

    def close(self) -> None:
        """Stop listening; an answer under way is still given."""
        self._concluded.set()
        if self._taken.locked():
            # A command ends right after this, and its end would cut the browser's last page.
            self._sent.wait(SEND_SECONDS)
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Decide one GET request; runs on a thread of the server."""
        target = urlsplit(handler.path)
        # Another name for this computer in `Host` means that a page of somebody else asks (DNS rebinding).
        if target.path != PATH or handler.headers.get("Host") != urlsplit(self.redirect_uri).netloc:
            return _send(handler, HTTPStatus.NOT_FOUND, b"")
        state = parse_qs(target.query).get("state", [""])
        if len(state) != 1 or not secrets.compare_digest(state[0].encode(), self.state.encode()):
            title, text = _("Not this sign-in"), _("This page belongs to another sign-in. Close it.")
            return _send(handler, HTTPStatus.BAD_REQUEST, closing_page(title, text))
        if not self._taken.acquire(blocking=False):
            title, text = _("Already done"), _("This sign-in was answered before. You can close this window.")
            return _send(handler, HTTPStatus.GONE, closing_page(title, text))
        self._queries.put(target.query)
        self._concluded.wait(ANSWER_SECONDS)
        fallback = _("Back to CONNECTION Client"), _("The sign-in goes on there. You can close this window.")
        _send(handler, HTTPStatus.OK, closing_page(*(self._outcome or fallback)))
        self._sent.set()
        return None


def _handler(answer: Callable[[BaseHTTPRequestHandler], None]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = REQUEST_SECONDS
        server_version = "connection-client"
        sys_version = ""

        def do_GET(self) -> None:  # http.server's own name
            answer(self)

        def log_message(self, *_: object) -> None:
            """Nothing is logged: the address holds the code."""

    return Handler


def _send(handler: BaseHTTPRequestHandler, status: HTTPStatus, body: bytes) -> None:
    with suppress(OSError):  # a browser that went away
        handler.send_response(status)
        for name, value in HEADERS.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
