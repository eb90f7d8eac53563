# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The Debian and the Mac that each test has for itself."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.system.debian_world import World
from tests.world.mac import Mac


@pytest.fixture
def debian(tmp_path: Path) -> Iterator[World]:
    with ExitStack() as stack:
        yield World(tmp_path, stack)


@pytest.fixture
def mac(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mac]:
    """The person is nobody in particular; what has rights is a process of its own."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with ExitStack() as stack:
        yield Mac(tmp_path, stack)
