# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A publisher, the address of its repository and the root that a client begins with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from connect_center.publisher.publishing import Publisher
from tests.world.repository import served


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    made = Publisher(tmp_path / "state")
    made.initialise("Example Systems")
    return made


@pytest.fixture
def address(tmp_path: Path, publisher: Publisher) -> Iterator[str]:
    assert publisher.repository.exists
    with served(tmp_path / "state" / "tuf") as address:
        yield address


@pytest.fixture
def root(tmp_path: Path, publisher: Publisher) -> bytes:
    assert publisher.repository.exists
    return (tmp_path / "state" / "tuf" / "metadata" / "1.root.json").read_bytes()
