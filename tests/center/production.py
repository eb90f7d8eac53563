# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The Center as an operator runs it, for tests and benchmarks."""

import sys
from pathlib import Path

import httpx
import psutil

from tests.world.center import Center
from tests.world.processes import start
from tests.world.providers import free_port
from tests.world.waiting import wait_until

WORKERS = 2


class ProductionCenter(Center):
    """gunicorn with workers in front of PostgreSQL."""

    def __init__(self, state: Path, database: str, **settings: str) -> None:
        super().__init__(state)
        port = free_port()
        self.address = f"http://127.0.0.1:{port}/"
        self.mail_address = f"{self.address}mail/"
        self._database = {
            "CENTER_STATE": str(state),
            "CENTER_DATABASE_URL": database,
            "CENTER_BIND": f"127.0.0.1:{port}",
            "CENTER_WORKERS": str(WORKERS),
            **settings,
        }

    def start(self) -> None:
        self.state.mkdir(parents=True, exist_ok=True)
        self.manage("migrate", "-v", "0")
        self.manage("example", "-v", "0")
        self.log.write_bytes(b"")
        command = [sys.executable, "-m", "gunicorn", "-c", "python:connect_center.operation.gunicorn"]
        self._process = start([*command, "connect_center.wsgi"], self._environment(), self.log)
        wait_until(self._is_ready, 60, f"gunicorn does not answer; see {self.log}")

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.address}health/ready", trust_env=False).status_code == 200
        except httpx.TransportError:
            return False

    @property
    def workers(self) -> list[psutil.Process]:
        assert self._process is not None
        return psutil.Process(self._process.pid).children()
