# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Real proxies on loopback, by mitmproxy, and a file that names proxies."""

import contextlib
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.world.authority import Authority
from tests.world.processes import announcing
from tests.world.session import home_environment

PROJECT = Path(__file__).parents[2]
PROGRAM = PROJECT / ".venv-proxy" / "bin" / "mitmdump"


@dataclass(frozen=True)
class Proxy:
    """A running proxy at `address`."""

    address: str
    record: Path

    @property
    def seen(self) -> list[str]:
        """One line for each request: `ok` or `407`, the method, and the host or what was looked into."""
        return self.record.read_text(encoding="utf-8").splitlines() if self.record.exists() else []


def forget_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy is named in the environment of this process."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@contextlib.contextmanager
def proxy(
    folder: Path,
    names: Mapping[str, int],
    *,
    credentials: str = "",
    inspecting: Authority | None = None,
    trusting: Authority | None = None,
) -> Iterator[Proxy]:
    """A proxy of an organisation, whose network alone knows `names` (HOST or HOST:PORT, on loopback).

    With `credentials` ("name:password") it answers 407 to everybody else. With `inspecting` it shows
    certificates of that authority for every host, and checks the real ones by `trusting`.
    """
    home, record = folder / "proxy", folder / "proxy-seen.txt"
    home.mkdir(parents=True)
    options = _options(home, names, record)
    if credentials:
        options["proxyauth"] = credentials
    if inspecting:
        (home / "mitmproxy-ca.pem").write_bytes(inspecting.secret.read_bytes())
    else:
        options["ignore_hosts"] = ".*"
    if trusting:
        options["ssl_verify_upstream_trusted_ca"] = str(trusting.certificate)
    log = folder / "proxy.log"
    with announcing(_arguments(options), home_environment(folder / "home"), log) as (_, address):
        yield Proxy(address, record)


def _options(home: Path, names: Mapping[str, int], record: Path) -> dict[str, str]:
    return {
        "confdir": str(home),
        "listen_host": "127.0.0.1",
        "listen_port": "0",
        "network_names": ",".join(f"{host}={port}" for host, port in names.items()),
        "network_seen": str(record),
        "network_ready": "{fd}",
    }


def _arguments(options: Mapping[str, str]) -> list[str]:
    arguments = [str(PROGRAM), "-s", str(Path(__file__).with_name("proxy_addon.py"))]
    return arguments + [part for name, value in options.items() for part in ("--set", f"{name}={value}")]


@contextlib.contextmanager
def proxy_file(script: str) -> Iterator[str]:
    """Serves a proxy auto-configuration file; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = script.encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/x-ns-proxy-autoconfig")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Requests are of no interest."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/proxy.pac"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
