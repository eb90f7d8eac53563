# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Connections that wait for news: told once for each kind, never held up, nothing left behind."""

import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from connection_client.broker.changes import ENTITLEMENT, STATUS
from connection_client.broker.conversation import Limits
from connection_client.broker.methods import Methods
from connection_client.broker.server import BrokerServer
from tests.world.broker import Caller, Desk
from tests.world.waiting import wait_until


@pytest.fixture
def methods(desk: Desk) -> Methods:
    return desk.methods()


@pytest.fixture
def broker(folder: Path, methods: Methods) -> Iterator[BrokerServer]:
    server = BrokerServer(folder, methods, limits=Limits(idle=0.3, taking=0.5))
    server.start()
    yield server
    server.stop()


def listeners(methods: Methods) -> int:
    return len(methods.changes._listeners)


def test_news_are_told_while_questions_are_answered(broker: BrokerServer, methods: Methods) -> None:
    with Caller(broker.path) as caller:
        assert caller.ask("subscribe")["result"] == {"subscribed": True}
        methods.changes.publish(ENTITLEMENT)
        assert caller.line() == {"jsonrpc": "2.0", "method": "changed", "params": {"what": "entitlement"}}
        assert caller.ask("status")["result"]["state"] == "signed-in"
        methods.changes.publish(STATUS)
        news = caller.line()
        assert news is not None
        assert news["params"] == {"what": "status"}


def test_who_waits_for_news_may_be_silent(broker: BrokerServer, methods: Methods) -> None:
    with Caller(broker.path) as silent, Caller(broker.path) as subscribed:
        subscribed.ask("subscribe")
        assert silent.line() is None  # the time limit for the others has passed
        methods.changes.publish(STATUS)
        assert subscribed.line() is not None


def test_many_changes_while_nobody_looks_are_told_once_of_each_kind(
    broker: BrokerServer, desk: Desk, methods: Methods
) -> None:
    def publish() -> None:
        for _ in range(2000):
            methods.changes.publish(ENTITLEMENT)
        methods.changes.publish(STATUS)

    with Caller(broker.path) as caller:
        caller.ask("subscribe")
        publisher = threading.Thread(target=publish)
        publisher.start()
        told: list[str] = []
        while not told or told[-1] != "status":
            news = caller.line()
            assert news is not None
            told.append(news["params"]["what"])
        publisher.join()
    assert len(told) < 2000


def test_subscribing_twice_tells_once(broker: BrokerServer, methods: Methods) -> None:
    with Caller(broker.path) as caller:
        caller.ask("subscribe")
        caller.ask("subscribe")
        assert listeners(methods) == 1


def test_who_leaves_is_forgotten(broker: BrokerServer, methods: Methods) -> None:
    callers = [Caller(broker.path) for _ in range(20)]
    for caller in callers:
        caller.ask("subscribe")
    assert listeners(methods) == 20
    for caller in callers:
        caller.__exit__()
    wait_until(lambda: listeners(methods) == 0, 5, "a listener was left behind")


def test_who_takes_no_news_is_cut_off(broker: BrokerServer, methods: Methods) -> None:
    with Caller(broker.path) as deaf:
        deaf.ask("subscribe")

        def cut_off() -> bool:
            for number in range(500):
                methods.changes.publish(f"{number}-{'x' * 1000}")
            return listeners(methods) == 0

        wait_until(cut_off, 20, "it is still told")


def test_a_killed_subscriber_harms_nobody(broker: BrokerServer, methods: Methods) -> None:
    with Caller(broker.path) as stays, Caller(broker.path) as goes:
        stays.ask("subscribe")
        with suppress(BrokenPipeError):
            goes.send(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "subscribe"}).encode() + b"\n")
        goes.__exit__()
        methods.changes.publish(STATUS)
        assert stays.line() is not None
