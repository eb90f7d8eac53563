# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a further start of the program does to the one that runs."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from connection_client.ui.application import Program
from tests.world.sample_rooms import SIGNED_IN, sample
from tests.world.waiting import wait_until


@pytest.fixture
def program(qapp: QApplication) -> Iterator[Program]:
    """Started with the session: only its icon is there."""
    made = Program(qapp, lambda: sample(SIGNED_IN).rooms, hidden=True)
    try:
        wait_until(lambda: _is_loaded(qapp, made), 20, "it was not loaded")
        yield made
    finally:
        made.close()


def test_a_start_that_shows_nothing_raises_nothing(program: Program) -> None:
    """Applications start the client so when they ask while it is still starting."""
    program.activate(("--hidden",))
    program.activate(("--hidden", "--with-session"))
    assert not _shows_window()
    program.activate(())
    assert _shows_window()


def test_a_link_raises_it_whatever_else_is_said(program: Program) -> None:
    program.activate(("--hidden", "connection-client://launch/survey-viewer"))
    assert _shows_window()


def _shows_window() -> bool:
    return any(
        widget.objectName() == "window" and widget.isVisible() for widget in QApplication.topLevelWidgets()
    )


def _is_loaded(qapp: QApplication, program: Program) -> bool:
    qapp.processEvents()
    return program.home is not None
