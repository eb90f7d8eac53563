# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from connection_client.broker.server import BrokerServer
from tests.world.broker import Desk, running_broker


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder whose path is short enough for a socket, wherever pytest keeps its own."""
    with TemporaryDirectory(prefix="broker-") as name:
        yield Path(name) / "runtime"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk().with_tokens(tmp_path / "consents.json")


@pytest.fixture
def broker(folder: Path, desk: Desk) -> Iterator[BrokerServer]:
    with running_broker(folder, desk) as server:
        yield server
