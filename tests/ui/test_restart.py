# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""After its own update the client starts anew and comes back to the place that was shown."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from connection_client.domain.installed import OWN_PRODUCT
from connection_client.ui.operation import Stage
from connection_client.ui.restart import EXIT_RESTART, Restart
from tests.ui.conftest import Show

COME_BACK = "CONNECTION_CLIENT_COME_BACK"


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(COME_BACK, "")


def test_its_own_update_waits_for_the_others_and_comes_back_to_the_place(show: Show) -> None:
    shown, left, opened = show(), list[int](), list[str]()
    workspace = shown.world.workspace
    workspace.stepwise = True
    viewer = workspace.view.row("survey-viewer")
    assert viewer is not None
    own_row = replace(viewer, product_id=OWN_PRODUCT, name="CONNECTION Client")
    workspace.show(replace(workspace.view, rows=(*workspace.view.rows, own_row)))
    shown.until(lambda: shown.desk.row(OWN_PRODUCT) is not None)
    restart = Restart(shown.desk, left.append, lambda: shown.window.current_place, opened.append)
    shown.window.show_place("updates")
    operations = shown.desk.operations
    operations.start(OWN_PRODUCT)
    operations.start("survey-viewer")
    for _ in range(40):
        workspace.go_on.release()
    shown.until(lambda: bool(left))

    assert left == [EXIT_RESTART]
    own, other = operations.of(OWN_PRODUCT), operations.of("survey-viewer")
    assert own is not None
    assert other is not None
    assert (own.stage, other.under_way) == (Stage.DONE, False)
    assert os.environ[COME_BACK] == "updates"
    restart.deleteLater()
    Restart(shown.desk, left.append, lambda: "", opened.append).deleteLater()
    assert opened == ["updates"]
    assert COME_BACK not in os.environ


def test_another_application_does_not_restart_the_client(show: Show) -> None:
    shown, left = show(), list[int]()
    restart = Restart(shown.desk, left.append, lambda: "", lambda _: None)

    shown.desk.operations.start("survey-viewer")
    shown.until(lambda: not shown.desk.operations.under_way)

    assert left == []
    restart.deleteLater()


def test_a_place_that_nobody_knows_is_not_opened(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(COME_BACK, "../../etc")
    opened: list[str] = []

    Restart(show().desk, lambda _: None, lambda: "", opened.append).deleteLater()

    assert opened == []


def test_starting_anew_is_the_program_that_lies_on_the_disk_now() -> None:
    code = (
        "import os, sys\n"
        "from connection_client import __main__ as program\n"
        "if '--hidden' in sys.argv:\n    print(sys.argv[1:]); sys.exit(0)\n"
        "program._start_anew(sys.argv[1:])\n"
    )
    command = [sys.executable, "-c", code, "/a/file.deb", "connection-client://launch/x"]

    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "['--hidden']"
