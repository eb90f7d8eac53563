# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A Redis server of one's own on a Unix socket, from Debian's package, which forgets everything."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.world.processes import end, start
from tests.world.waiting import wait_until


class RedisMissing(Exception):
    """Debian's package redis-server is not installed."""


class Redis:
    """A server that can be stopped and started; `address` is what `CENTER_CACHE_URL` takes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = folder / "socket"
        self.address = f"unix://{self._socket}?db=1"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = shutil.which("redis-server")
        if program is None:
            raise RedisMissing("Debian's package redis-server is not installed.")
        options = ["--port", "0", "--unixsocket", str(self._socket), "--save", "", "--appendonly", "no"]
        self._process = start(
            [program, *options, "--dir", str(self._folder)], os.environ, self._folder / "log"
        )
        wait_until(lambda: self.run("PING") == "PONG", 20, "Redis does not answer")

    def stop(self) -> None:
        """As a computer that is switched off: nothing is said to clients."""
        process, self._process = self._process, None
        if process is not None:
            end(process)
        self._socket.unlink(missing_ok=True)

    def run(self, *words: str) -> str:
        """What `redis-cli` answers."""
        done = subprocess.run(
            ["redis-cli", "-s", str(self._socket), "-n", "1", *words],
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
        return done.stdout.strip()


@contextmanager
def running_redis() -> Iterator[Redis]:
    """A server until the end of the block."""
    with tempfile.TemporaryDirectory(prefix="redis-", dir="/tmp") as name:  # a socket's path must be short
        server = Redis(Path(name))
        server.start()
        try:
            yield server
        finally:
            server.stop()
