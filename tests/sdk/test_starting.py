# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""No client runs: the kit starts the installed one, or says that there is none."""

import os
import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from connection_client import sdk
from connection_client.sdk.wire import socket_path

ROOT = Path(__file__).parents[2]
CLIENT = """\
#!{python}
import os, sys, threading
sys.path.insert(0, {root!r})
from pathlib import Path
from tests.world.broker import Desk, running_broker
runtime = Path(os.environ["XDG_RUNTIME_DIR"])
(runtime / "arguments").write_text(" ".join(sys.argv[1:]))
(runtime / "environment").write_text("\\n".join(os.environ))
with running_broker(runtime / "connection-client", Desk()):
    reader = os.open(runtime / "end", os.O_RDONLY)
    os.read(reader, 1)
"""


def install(runtime: Path, text: str) -> None:
    """Put a program called connection-client on the search path."""
    program = runtime / "bin" / "connection-client"
    program.write_text(textwrap.dedent(text))
    program.chmod(0o755)


def test_a_missing_client_is_said(runtime: Path) -> None:
    with pytest.raises(sdk.ClientNotInstalled, match="is not installed"):
        sdk.require("survey-viewer")


@pytest.mark.parametrize("stale", [False, True])
def test_the_client_is_started_hidden_and_asked(
    runtime: Path, monkeypatch: pytest.MonkeyPatch, *, stale: bool
) -> None:
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")
    os.mkfifo(runtime / "end")
    install(runtime, CLIENT.format(python=sys.executable, root=str(ROOT)))
    if stale:
        (runtime / "connection-client").mkdir(mode=0o700)
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as killed:
            killed.bind(socket_path())
    try:
        assert sdk.require("survey-viewer").entitled
        assert (runtime / "arguments").read_text() == "--hidden"
        assert "PYTHONSTARTUP" not in (runtime / "environment").read_text()
    finally:
        with (runtime / "end").open("w") as end:
            end.write(".")


def test_a_client_that_ends_at_once_is_said(runtime: Path) -> None:
    install(runtime, "#!/bin/sh\nexit 7\n")
    with pytest.raises(sdk.ClientDoesNotAnswer, match="ended with code 7"):
        sdk.require("survey-viewer")


def test_a_client_that_cannot_be_run_is_said(runtime: Path) -> None:
    install(runtime, "#!/nowhere/python\n")
    with pytest.raises(sdk.ClientDoesNotAnswer):
        sdk.require("survey-viewer")


def test_a_client_that_opens_no_socket_is_given_up(runtime: Path) -> None:
    install(runtime, "#!/bin/sh\nexit 0\n")
    with pytest.raises(sdk.ClientDoesNotAnswer, match="did not start in time"):
        sdk.require("survey-viewer", timeout=0.5)


def test_without_a_runtime_folder_the_state_folder_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", "/state")
    assert socket_path() == "/state/connection-client/run/broker.sock"
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    monkeypatch.setenv("HOME", "/home/rui")
    assert socket_path() == "/home/rui/.local/state/connection-client/run/broker.sock"


def test_the_kit_needs_nothing_but_the_standard_library() -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); before = set(sys.modules);"
        "import connection_client.sdk;"
        "print(*sorted({m.partition('.')[0] for m in set(sys.modules) - before} - sys.stdlib_module_names))"
    )
    said = subprocess.run(
        [sys.executable, "-IS", "-c", program, str(ROOT)], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "connection_client"


def test_the_kit_brings_no_event_loop_along() -> None:
    program = "import sys; sys.path.insert(0, sys.argv[1]); import connection_client.sdk; print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-IS", "-c", program, str(ROOT)], capture_output=True, text=True, check=True
    )
    assert {"asyncio", "dataclasses", "PySide6"}.isdisjoint(said.stdout.split())
