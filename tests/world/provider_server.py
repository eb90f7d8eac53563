# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The server of a provider on loopback; its lies about lengths and dates are told here."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from tests.world.openid_provider import LyingProvider

ENDLESS = 10**12  # bytes


class ProviderServer(ThreadingHTTPServer):
    """Listens on any free port of loopback."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, provider: LyingProvider) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.provider = provider


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def _provider(self) -> LyingProvider:
        return cast("ProviderServer", self.server).provider

    def do_GET(self) -> None:
        self._do("GET", {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        form = json.loads(body) if "json" in self.headers["Content-Type"] else dict(parse_qsl(body))
        self._do("POST", form)

    def _do(self, method: str, form: dict[str, str]) -> None:
        status, headers, content = self._provider.answer(method, self.path, form)
        if self._provider.slow_seconds:
            threading.Event().wait(self._provider.slow_seconds)
        with contextlib.suppress(OSError):
            self._send(status, headers, content)

    def _send(self, status: int, headers: dict[str, str], content: bytes) -> None:
        lie = self._provider.lie if urlsplit(self.path).path == "/token" else ""
        length = {"cut": len(content) + 10, "endless": ENDLESS}.get(lie, len(content))
        date = formatdate(time.time() + self._provider.clock_shift, usegmt=True)
        self.send_response_only(status)
        for name, value in {**headers, "Date": date, "Content-Length": str(length)}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        while lie == "endless":
            self.wfile.write(b" " * 65536)
        self.close_connection = lie == "cut"

    def log_message(self, *_: object) -> None:
        pass
