# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Applications get a known yes past all that waits, and it is the very answer that waiting would give."""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from connection_client.broker.conversation import Limits
from connection_client.broker.messages import Refused
from connection_client.broker.methods import Methods
from connection_client.broker.peers import Peer
from connection_client.broker.server import BrokerServer
from connection_client.domain.accounts import SessionState, SessionStatus
from connection_client.launch.entitlements import Entitlements
from tests.launch.conftest import Desk
from tests.world.broker import Caller
from tests.world.signing_center import PRODUCT, SigningCenter

PEER = Peer(4711, os.getuid(), "/usr/bin/survey-viewer-ses")
WORKERS = 8


@pytest.fixture
def entitlements(desk: Desk) -> Entitlements:
    return desk.restart()


@pytest.fixture
def methods(desk: Desk, entitlements: Entitlements) -> Methods:
    return Methods(lambda: desk.state, entitlements, lambda: None)


@pytest.fixture
def broker(methods: Methods) -> Iterator[BrokerServer]:
    with TemporaryDirectory(prefix="broker-") as name:
        server = BrokerServer(Path(name) / "runtime", methods, limits=Limits(answer=20))
        server.start()
        yield server
        server.stop()


def outcome(methods: Methods, way: str, method: str, parameters: dict[str, object]) -> object:
    """What one of the two ways answers; a refusal by its code."""
    try:
        return getattr(methods, way)(method, parameters, PEER)
    except Refused as refused:
        return refused.code


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("hello", {}),
        ("status", {}),
        ("subscribe", {}),
        ("entitlement", {"product": PRODUCT}),
        ("entitlement", {"product": PRODUCT, "version": "10.2.0.7", "level": 2}),
        ("entitlement", {}),
        ("entitlement", {"product": 7}),
        ("entitlement", {"product": PRODUCT, "level": -1}),
        ("entitlement", {"product": PRODUCT, "version": "x" * 129}),
        ("delete", {}),
    ],
)
@pytest.mark.parametrize("status", SessionStatus)
def test_both_ways_give_the_same_answer(
    desk: Desk,
    center: SigningCenter,
    entitlements: Entitlements,
    methods: Methods,
    method: str,
    parameters: dict[str, object],
    status: SessionStatus,
) -> None:
    center.claims = {"level": 2}
    entitlements.refresh()
    account = desk.state.account
    desk.state = SessionState(status, account if status is SessionStatus.SIGNED_IN else None)
    at_once = outcome(methods, "at_once", method, parameters)
    assert at_once is not None
    assert at_once == outcome(methods, "call", method, parameters)


def test_what_may_wait_is_left_to_those_who_can_wait(entitlements: Entitlements, methods: Methods) -> None:
    entitlements.refresh()
    assert methods.at_once("signIn", {}, PEER) is None
    assert methods.at_once("entitlement", {"product": "unheard-of"}, PEER) is None


def test_a_known_yes_passes_those_who_wait_for_the_center(
    center: SigningCenter, entitlements: Entitlements, broker: BrokerServer
) -> None:
    entitlements.refresh()
    entitlements._asked_at = -60.0  # the pause between two questions is over
    center.going.clear()
    question = b'{"jsonrpc":"2.0","id":1,"method":"entitlement","params":{"product":"unheard-of"}}\n'
    with ExitStack() as stack:
        waiting = [stack.enter_context(Caller(broker.path)) for _ in range(WORKERS + 4)]
        for caller in waiting:
            caller.send(question)
        asker = stack.enter_context(Caller(broker.path))
        before = time.monotonic()
        answers = [asker.ask("entitlement", product=PRODUCT)["result"]["entitled"] for _ in range(20)]
        taken = time.monotonic() - before
        assert answers == [True] * 20
        assert taken < 2  # each of those who wait may take twenty
        assert asker.ask("status")["result"]["state"] == "signed-in"
        center.going.set()
        refusals = [caller.line() for caller in waiting]
    assert [line["result"]["reason"] for line in refusals if line] == ["no-licence"] * len(waiting)


def test_a_withdrawn_licence_is_noticed_by_a_connection_that_had_a_yes(
    center: SigningCenter, entitlements: Entitlements, broker: BrokerServer
) -> None:
    entitlements.refresh()
    with Caller(broker.path) as caller:
        assert caller.ask("entitlement", product=PRODUCT)["result"]["entitled"] is True
        center.refused[PRODUCT] = "no-licence"
        entitlements.refresh()
        assert caller.ask("entitlement", product=PRODUCT)["result"]["reason"] == "no-licence"


def test_many_lines_at_once_do_not_make_others_wait(broker: BrokerServer) -> None:
    with Caller(broker.path) as flooding, Caller(broker.path) as other:
        flooding.send(b"\n" * 60_000)
        before = time.monotonic()
        assert "result" in other.ask("hello")
        assert time.monotonic() - before < 0.5
