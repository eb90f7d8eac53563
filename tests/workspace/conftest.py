# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The Center and the computer that each test has for itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world.delivered import made_updatable
from tests.world.delivery import Delivery, delivery


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Delivery]:
    with delivery(tmp_path) as world:
        yield world


@pytest.fixture
def updatable(world: Delivery) -> Delivery:
    """10.1.0.12 is installed, 10.2.0.7 is published."""
    return made_updatable(world)
