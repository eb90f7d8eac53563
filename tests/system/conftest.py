# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The Debian and the Mac that each test has for itself, and the computer with polkit that they share."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.system.debian_world import World
from tests.system.polkit_world import PolkitWorld
from tests.world.mac import Mac
from tests.world.polkit import PolkitComputer, polkit_computer, why_not


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


@pytest.fixture(scope="session")
def polkit_host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolkitComputer]:
    reason = why_not()
    if reason:
        pytest.skip(reason)
    with polkit_computer(tmp_path_factory.mktemp("polkit")) as computer:
        yield computer


@pytest.fixture
def polkit(polkit_host: PolkitComputer, tmp_path: Path, request: pytest.FixtureRequest) -> PolkitWorld:
    """What a test asks of polkit is its own: packages by its name."""
    words = "".join(letter if letter.isalnum() else "-" for letter in request.node.name.casefold())
    return PolkitWorld(polkit_host, tmp_path, words.strip("-"))
