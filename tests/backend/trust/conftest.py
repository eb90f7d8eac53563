# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The repository that each test has for itself."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.backend.trust.world import World
from tests.world.faulty_server import faulty_server


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with faulty_server() as server, httpx.Client(trust_env=False, timeout=5) as client:
        yield World(tmp_path, server, client)
