# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A token of Wayland that a second start handed over is there when the window comes up."""

import os

import pytest
from PySide6.QtWidgets import QApplication

from connection_client.ui.application import Program
from tests.world.sample_rooms import SIGNED_IN, sample
from tests.world.waiting import wait_until


def test_qt_finds_the_token_when_the_window_comes_up(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "")
    program = Program(qapp, lambda: sample(SIGNED_IN).rooms, hidden=True)
    try:
        wait_until(lambda: loaded(qapp, program), 20, "it was not loaded")
        program.activate(("--activation-token=surface-7",))
        assert os.environ["XDG_ACTIVATION_TOKEN"] == "surface-7"
        assert program.home is not None
        assert program.home.window.isVisible()
    finally:
        program.close()


def loaded(qapp: QApplication, program: Program) -> bool:
    qapp.processEvents()
    return program.home is not None
