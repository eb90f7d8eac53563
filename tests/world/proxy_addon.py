# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Runs inside mitmproxy: the names (HOST or HOST:PORT) that its network knows, a record of what was asked.

Imported by mitmproxy's own Python, so it uses nothing of ours.
"""

import os
from pathlib import Path
from typing import Any

from mitmproxy import ctx, http


class Network:
    """`names` is HOST=PORT,…: hosts of this network, all of them on loopback."""

    def load(self, loader: Any) -> None:
        loader.add_option("network_names", str, "", "HOST=PORT,...")
        loader.add_option("network_seen", str, "", "the file that gets one line for each request")
        loader.add_option("network_ready", int, 1, "the file descriptor that gets the address")

    def running(self) -> None:
        port = ctx.master.addons.get("proxyserver").listen_addrs()[0][1]
        os.write(ctx.options.network_ready, f"http://127.0.0.1:{port}\n".encode())
        os.close(ctx.options.network_ready)

    def server_connect(self, data: Any) -> None:
        known = dict(pair.split("=") for pair in ctx.options.network_names.split(",") if pair)
        host, port = data.server.address
        target = known.get(f"{host}:{port}", known.get(host))
        if target:
            data.server.address = ("127.0.0.1", int(target))

    def http_connect(self, flow: http.HTTPFlow) -> None:
        self._note("CONNECT", flow.request.pretty_host, flow)

    def request(self, flow: http.HTTPFlow) -> None:
        self._note(flow.request.method, flow.request.pretty_url, flow)

    def _note(self, method: str, target: str, flow: http.HTTPFlow) -> None:
        refused = flow.response is not None and flow.response.status_code == 407
        with Path(ctx.options.network_seen).open("a", encoding="utf-8") as file:
            file.write(f"{'407' if refused else 'ok'} {method} {target}\n")


addons = [Network()]
