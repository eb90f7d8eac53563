# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The real client on a desktop of its own, with a Center that publishes an application."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from subprocess import Popen

import pytest

from tests.client.conftest import command, source_tree
from tests.world.center import Center, running_center
from tests.world.desk_viewer import DeskViewer, desk_viewer
from tests.world.desktop import Desktop, private_desktop
from tests.world.processes import starting
from tests.world.screen import Screen

Begin = Callable[..., "Popen[bytes]"]


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    with running_center(tmp_path / "center") as running:
        yield running


@pytest.fixture
def viewer(center: Center, tmp_path: Path) -> Iterator[DeskViewer]:
    with desk_viewer(center, tmp_path / "packages") as published:
        yield published


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    """A desktop with a tray, and a browser that only keeps the address."""
    with private_desktop(tmp_path / "desktop") as made:
        starter = tmp_path / "browser"
        starter.write_text(f'#!/bin/sh\nprintf "%s" "$1" >{tmp_path}/address\n')
        starter.chmod(0o755)
        yield made.with_variables(BROWSER=str(starter))


@pytest.fixture
def screen(desktop: Desktop) -> Iterator[Screen]:
    with contextlib.closing(Screen(desktop.environment)) as eyes:
        yield eyes


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """Starts programs, and ends them with the test; without words the client itself."""
    with starting(tmp_path) as start_one:

        def begin_one(environment: Mapping[str, str], *words: str) -> "Popen[bytes]":
            program = list(words) if words and words[0].startswith("/") else command(*words)
            return start_one(program, source_tree(environment))

        yield begin_one
