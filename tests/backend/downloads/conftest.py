# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The world that each test of downloads has for itself."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.backend.downloads.world import CONTENT, World
from tests.world.faulty_server import faulty_server


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with faulty_server() as server, httpx.Client(trust_env=False, timeout=0.5) as client:
        world = World(tmp_path / "downloads", server, client)
        world.answer(lambda exchange: exchange.send_file(CONTENT))
        yield world
