# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What an application gets from the kit while a client runs, and when it answers badly."""

import asyncio
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connection_client import sdk
from connection_client.broker.server import BrokerServer
from connection_client.domain.accounts import SessionState, SessionStatus
from connection_client.domain.entitlements import Refusal
from connection_client.sdk import aio
from connection_client.version import VERSION
from tests.world.broker import Desk


def test_an_entitled_person_may_work(client: BrokerServer) -> None:
    entitlement = sdk.require("survey-viewer", "10.1.0.12")
    assert entitlement.entitled
    assert entitlement.until is not None
    assert entitlement.until > datetime.now(UTC)
    assert entitlement.token == "a.b.c"


def test_a_refusal_carries_reason_text_and_people(client: BrokerServer, desk: Desk) -> None:
    desk.refused["survey-viewer"] = Refusal.WRONG_COUNTRY
    with pytest.raises(sdk.NotEntitled) as refusal:
        sdk.require("survey-viewer")
    assert refusal.value.entitlement.reason == "wrong-country"
    assert str(refusal.value) == "The licence does not hold in your country."
    assert refusal.value.entitlement.administrators == (sdk.Person("Ana Lima", "ana@lima-survey.example"),)


def test_asking_without_requiring_raises_nothing(client: BrokerServer, desk: Desk) -> None:
    desk.refused["survey-viewer"] = Refusal.EXPIRED
    assert sdk.entitlement("survey-viewer").reason == "expired"


def test_status(client: BrokerServer, desk: Desk) -> None:
    assert sdk.status() == sdk.Status(
        "signed-in", "Rui Costa", "rui@lima-survey.example", "Lima Survey", VERSION
    )
    desk.state = SessionState(SessionStatus.SIGNED_OUT)
    assert sdk.status().state == "signed-out"


def test_sign_in_opens_the_client(client: BrokerServer, desk: Desk) -> None:
    sdk.sign_in()
    assert desk.sign_ins == 1


def test_the_kit_waits_while_the_client_starts(client: BrokerServer, desk: Desk) -> None:
    desk.starting = True
    timer = threading.Timer(0.3, lambda: setattr(desk, "starting", False))
    timer.start()
    assert sdk.require("survey-viewer").entitled
    timer.join()


def test_a_client_that_never_gets_ready_is_said(client: BrokerServer, desk: Desk) -> None:
    desk.starting = True
    with pytest.raises(sdk.ClientRefused) as problem:
        sdk.require("survey-viewer", timeout=0.3)
    assert problem.value.code == -32004


def test_parameters_that_do_not_fit_are_said(client: BrokerServer) -> None:
    with pytest.raises(sdk.ClientRefused) as problem:
        sdk.require("")
    assert problem.value.code == -32602


def test_a_client_that_hangs_is_given_up(client: BrokerServer, desk: Desk) -> None:
    desk.hanging = threading.Event()
    before = time.monotonic()
    with pytest.raises(sdk.ClientDoesNotAnswer):
        sdk.require("survey-viewer", timeout=0.3)
    desk.hanging.set()
    assert time.monotonic() - before < 5


def test_the_loop_stays_free_while_the_client_is_asked(client: BrokerServer, desk: Desk) -> None:
    desk.refused["mesh-viewer"] = Refusal.NO_LICENCE

    async def ask() -> None:
        status, yes = await asyncio.gather(aio.status(), aio.require("survey-viewer"))
        assert (status.state, yes.entitled) == ("signed-in", True)
        assert not (await aio.entitlement("mesh-viewer")).entitled
        with pytest.raises(sdk.NotEntitled):
            await aio.require("mesh-viewer")
        await aio.sign_in()

    asyncio.run(ask())
    assert desk.sign_ins == 1


@contextmanager
def impostor(runtime: Path, answer: bytes) -> Iterator[None]:
    """Somebody at the client's place who answers one request with `answer`."""
    folder = runtime / "connection-client"
    folder.mkdir()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(str(folder / "broker.sock"))
        listening.listen()

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield
        thread.join()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"half a line",
        b"no JSON\n",
        b"[]\n",
        b"{}\n",
        b'{"jsonrpc":"2.0","id":1,"result":7}\n',
        b'{"jsonrpc":"2.0","id":1,"error":{"code":"x"}}\n',
    ],
)
def test_nonsense_is_no_answer(runtime: Path, answer: bytes) -> None:
    with impostor(runtime, answer), pytest.raises(sdk.ClientDoesNotAnswer):
        sdk.require("survey-viewer", timeout=2)


def test_anything_but_a_clear_yes_is_a_no(runtime: Path) -> None:
    line = b'{"jsonrpc":"2.0","id":1,"result":{"product":"survey-viewer","entitled":"yes"}}\n'
    with impostor(runtime, line), pytest.raises(sdk.NotEntitled):
        sdk.require("survey-viewer", timeout=2)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
def test_another_user_at_the_clients_place_is_not_believed(runtime: Path, client: BrokerServer) -> None:
    runtime.chmod(0o755)
    client.path.parent.chmod(0o755)
    client.path.chmod(0o666)
    child = os.fork()
    if child == 0:
        outcome = 1
        try:
            os.setuid(65534)
            try:
                sdk.status(timeout=2)
            except sdk.ClientDoesNotAnswer as problem:
                outcome = 0 if "another user" in problem.reason else 2
        finally:
            os._exit(outcome)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
