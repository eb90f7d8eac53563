# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from connection_client.broker.server import BrokerServer
from tests.world.broker import Desk, running_broker


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The session's runtime folder; no client can be found on the search path."""
    with TemporaryDirectory(prefix="sdk-") as name:
        monkeypatch.setenv("XDG_RUNTIME_DIR", name)
        monkeypatch.setenv("PATH", str(Path(name) / "bin"))
        (Path(name) / "bin").mkdir()
        yield Path(name)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def client(runtime: Path, desk: Desk) -> Iterator[BrokerServer]:
    """A running client."""
    with running_broker(runtime / "connection-client", desk) as server:
        yield server
