# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Who asks is known: for the person to see, and in the log."""

import logging
import os
from pathlib import Path

import pytest

from connection_client.broker.callers import Callers
from connection_client.broker.peers import Peer
from connection_client.broker.server import BrokerServer
from tests.world.broker import Caller, Desk
from tests.world.waiting import wait_until


def test_a_caller_is_seen_and_logged_once(folder: Path, desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "connection_client.broker")
    methods = desk.methods()
    server = BrokerServer(folder, methods)
    server.start()
    try:
        with Caller(server.path) as caller:
            caller.ask("hello")
            caller.ask("status")
            assert "error" in caller.ask("entitlement")  # what is refused was asked all the same
            assert "error" in caller.ask("nonsense")
            caller.ask("entitlement", product="survey-viewer")
    finally:
        server.stop()
    (seen,) = methods.callers.seen()
    assert (seen.process, seen.method, seen.calls) == (os.getpid(), "entitlement", 4)
    assert seen.program

    def lines() -> list[str]:
        return [record.getMessage() for record in caplog.records if "asks for" in record.getMessage()]

    wait_until(lambda: bool(lines()), 5, "nothing was logged")  # behind the answer
    assert lines() == [f"Process {os.getpid()}, {seen.program}, asks for hello."]


def test_only_the_last_programs_are_kept() -> None:
    callers = Callers()
    for number in range(120):
        callers.note(Peer(number, 1000, f"/usr/bin/app-{number}"), "status")
    seen = callers.seen()
    assert len(seen) == 50
    assert seen[0].program == "/usr/bin/app-119"
