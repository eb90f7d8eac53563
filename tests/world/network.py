# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What stands between a computer and the Center: TLS in front of a server, and a network's own sign-in."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_CHUNK = 65_536


@contextlib.contextmanager
def tls_front(certificate: Path, upstream_port: int) -> Iterator[int]:
    """TLS for a plain server on loopback, with `certificate` (key and chain in one file); the port of it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_accept, args=(listener, context, upstream_port), daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        # `close` alone leaves a thread in `accept` waiting.
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _accept(listener: socket.socket, context: ssl.SSLContext, upstream_port: int) -> None:
    while True:
        try:
            plain, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(plain, context, upstream_port), daemon=True).start()


def _serve(plain: socket.socket, context: ssl.SSLContext, upstream_port: int) -> None:
    with plain, contextlib.suppress(OSError), contextlib.ExitStack() as stack:
        secure = stack.enter_context(context.wrap_socket(plain, server_side=True))
        upstream = stack.enter_context(socket.create_connection(("127.0.0.1", upstream_port)))
        back = threading.Thread(target=pour, args=(upstream, secure), daemon=True)
        back.start()
        pour(secure, upstream)
        back.join()


def pour(source: socket.socket, sink: socket.socket) -> None:
    """Carry everything from one to the other until it ends."""
    with contextlib.suppress(OSError, ValueError):
        while chunk := source.recv(_CHUNK):
            sink.sendall(chunk)
        sink.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def captive_portal() -> Iterator["CaptivePortalServer"]:
    """The gateway of a hotel: whoever asks anything is sent to its own page."""
    portal = CaptivePortalServer()
    thread = threading.Thread(target=portal.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield portal
    finally:
        portal.shutdown()
        portal.server_close()
        thread.join()


class CaptivePortalServer(ThreadingHTTPServer):
    """Answers every request with a redirect to `page`, or with the page itself where `page_instead`."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Gateway)
        self.page_instead = False
        self.asked: list[str] = []
        self.page = "http://login.hotel.example/welcome"


class _Gateway(BaseHTTPRequestHandler):
    server: CaptivePortalServer

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer()

    def _answer(self) -> None:
        self.server.asked.append(self.path)
        body = b"<!doctype html><title>Welcome</title><h1>Sign in to our network</h1>"
        self.send_response(200 if self.server.page_instead else 302)
        if not self.server.page_instead:
            self.send_header("Location", self.server.page)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Requests are kept in `asked`."""
