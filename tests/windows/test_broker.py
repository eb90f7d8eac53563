# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Applications on Windows ask the client through its named pipe, with the same kit as everywhere."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from connection_client import sdk
from connection_client.broker.changes import Changes
from connection_client.broker.conversation import Limits
from connection_client.broker.methods import Methods
from connection_client.domain.accounts import SessionState, SessionStatus
from connection_client.domain.entitlements import Entitlement, Refusal
from connection_client.sdk import pipe as sdk_pipe
from connection_client.sdk.start import _app_path
from connection_client.system import windows_pipe
from connection_client.system.windows_broker import PipeBrokerServer
from tests.windows.world import FOR_ONE, key

assert sys.platform == "win32"  # tells the type checker so, too

BROKER = windows_pipe.pipe_name("broker")
UNTIL = datetime(2030, 1, 2, 3, 4, tzinfo=UTC)
APP_PATH = r"Software\Microsoft\Windows\CurrentVersion\App Paths\connection-client.exe"


class Desk:
    """A client whose person may use one product."""

    opened = 0
    changes: Changes

    def state(self) -> SessionState:
        return SessionState(SessionStatus.SIGNED_OUT)

    def at_once(self, product_id: str, level: int = 0) -> Entitlement | None:  # noqa: ARG002
        return Entitlement(product_id, entitled=True, until=UNTIL) if product_id == "survey-viewer" else None

    def answer(self, product_id: str, version: str = "", level: int = 0) -> Entitlement:  # noqa: ARG002
        known = self.at_once(product_id)
        return known or Entitlement(product_id, entitled=False, reason=Refusal.NO_LICENCE)

    def open_sign_in(self) -> None:
        self.opened += 1


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    methods = Methods(desk.state, desk, desk.open_sign_in)
    desk.changes = methods.changes
    server = PipeBrokerServer(methods, limits=Limits(line=0.5, idle=20))
    server.start()
    yield desk
    server.stop()


def test_an_entitled_application_starts(desk: Desk) -> None:
    answer = sdk.require("survey-viewer", "10.2.0.7", timeout=20)
    assert answer.until == UNTIL


def test_a_refusal_says_why(desk: Desk) -> None:
    with pytest.raises(sdk.NotEntitled) as refusal:
        sdk.require("mesh-viewer", timeout=20)
    assert refusal.value.entitlement.reason == "no-licence"


def test_status_and_the_sign_in_window(desk: Desk) -> None:
    assert sdk.status(timeout=20).state == "signed-out"
    sdk.sign_in(timeout=20)
    assert desk.opened == 1


def test_an_application_in_a_process_of_its_own(desk: Desk) -> None:
    program = "from connection_client import sdk; print(sdk.require('survey-viewer', timeout=20).entitled)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout.strip() == "True", done.stderr


def test_news_come_without_being_asked_for(desk: Desk) -> None:
    news = sdk.changes(timeout=20)
    assert next(news) == "status"
    desk.changes.publish("entitlement")
    assert next(news) == "entitlement"
    assert sdk.status(timeout=20).state == "signed-out"
    desk.changes.publish("status")
    assert next(news) == "status"


@pytest.mark.usefixtures("desk")
def test_leaving_ends_a_read_that_begins_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """A read may begin after reads were called off and before the file is closed: nobody waits for it."""
    about_to_read = threading.Event()

    def late_read(file: int, most: int) -> bytes:
        about_to_read.set()
        time.sleep(0.3)
        return read(file, most)

    def later_close(file: int) -> None:
        time.sleep(0.6)
        close(file)

    read, close = os.read, os.close
    monkeypatch.setattr(os, "read", late_read)
    monkeypatch.setattr(os, "close", later_close)
    connection = sdk_pipe.PipeConnection(20)
    connection.settimeout(0.01)
    with pytest.raises(TimeoutError):
        connection.recv(1)
    assert about_to_read.wait(10)
    leaving = threading.Thread(target=connection.close, daemon=True)
    leaving.start()
    leaving.join(10)
    assert not leaving.is_alive()


def test_many_at_once_are_all_answered(desk: Desk) -> None:
    for _ in range(3):
        connections = [windows_pipe.connect(BROKER, 20) for _ in range(30)]
        for number, connection in enumerate(connections):
            connection.sendall(b'{"jsonrpc":"2.0","id":%d,"method":"hello"}\n' % number)
        for number, connection in enumerate(connections):
            assert b'"id":%d' % number in connection.recv(4096).replace(b" ", b"")
            connection.close()


def test_a_line_without_end_and_a_slow_one_cost_only_their_own_connection(desk: Desk) -> None:
    with windows_pipe.connect(BROKER, 20) as endless, windows_pipe.connect(BROKER, 20) as slow:
        slow.sendall(b'{"jsonrpc"')
        endless.sendall(b"x" * 70_000)
        assert b"-32002" in endless.recv(4096)
        assert sdk.status(timeout=20).state == "signed-out"
        assert b"-32005" in slow.recv(4096)


def test_without_a_client_it_says_so() -> None:
    with pytest.raises(sdk.ClientNotInstalled):
        sdk.status(timeout=1)


def test_the_setup_s_note_leads_to_the_program() -> None:
    with key(FOR_ONE, APP_PATH, default=sys.executable):
        assert _app_path() == sys.executable
    assert _app_path() is None
