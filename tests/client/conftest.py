# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Clients as processes on a desktop of their own."""

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from subprocess import Popen

import pytest

from tests.world.desktop import Desktop, private_desktop
from tests.world.processes import starting
from tests.world.screen import Screen

ROOT = Path(__file__).parents[2]
Start = Callable[..., "Popen[bytes]"]


def source_tree(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment of a client that runs from the source tree; every warning of Python is an error."""
    return {**environment, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}


def command(*words: str) -> list[str]:
    """The client's command line."""
    return [sys.executable, "-m", "connection_client", *words]


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    """A desktop with tray host and key store."""
    with private_desktop(tmp_path / "desktop") as running:
        yield running


@pytest.fixture
def screen(desktop: Desktop) -> Iterator[Screen]:
    """Eyes and hands on the desktop."""
    with contextlib.closing(Screen(desktop.environment)) as eyes:
        yield eyes


@pytest.fixture
def start_client(tmp_path: Path) -> Iterator[Start]:
    """Starts clients and ends them with the test."""
    with starting(tmp_path) as start_one:
        yield lambda environment, *words: start_one(command(*words), source_tree(environment))
