# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The kit's token, levels and news."""

import asyncio
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from connection_client import sdk
from connection_client.broker.changes import ENTITLEMENT
from connection_client.broker.methods import Methods
from connection_client.broker.server import BrokerServer
from connection_client.sdk import aio
from connection_client.sdk.wire import socket_path
from tests.sdk.test_questions import impostor
from tests.world.broker import Desk
from tests.world.waiting import wait_until

ROOT = Path(__file__).parents[2]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk().with_tokens(tmp_path / "consents.json")


@pytest.fixture
def methods(runtime: Path, desk: Desk) -> Iterator[Methods]:
    """A running client whose services can be made to tell news."""
    methods = desk.methods()
    server = BrokerServer(runtime / "connection-client", methods)
    server.start()
    yield methods
    server.stop()


def test_a_token_comes_when_the_person_has_agreed(methods: Methods, desk: Desk, tmp_path: Path) -> None:
    script = tmp_path / "application"
    script.write_text(
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from connection_client import sdk\n"
        "print(sdk.token('survey-cloud'))\n"
    )
    tokens = desk.tokens
    assert tokens is not None
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as application:
        (question,) = wait_until(tokens.questions, 10, "nobody was asked")
        tokens.answer(question, agreed=True)
        said, _ = application.communicate(timeout=10)
    assert said == "survey-cloud.token.1\n"


def test_a_program_that_could_be_any_gets_no_token(methods: Methods) -> None:
    with pytest.raises(sdk.ClientRefused) as refused:
        sdk.token("survey-cloud")
    assert refused.value.code == -32014


def test_a_level_beyond_the_licence_is_refused(methods: Methods, desk: Desk) -> None:
    assert sdk.require("survey-viewer", level=2).level == 2
    with pytest.raises(sdk.NotEntitled) as refusal:
        sdk.require("survey-viewer", level=3)
    assert refusal.value.entitlement.reason == "feature-level"


def test_a_good_answer_says_until_when(methods: Methods) -> None:
    answer = sdk.require("survey-viewer")
    assert answer.text.startswith("Good until ")
    assert answer.warning == ""


def test_news_arrive_as_they_happen(methods: Methods) -> None:
    news = sdk.changes()
    assert next(news) == "status"
    methods.changes.publish(ENTITLEMENT)
    assert next(news) == "entitlement"


def test_the_end_of_the_client_ends_the_news(runtime: Path, desk: Desk) -> None:
    server = BrokerServer(runtime / "connection-client", desk.methods())
    server.start()
    news = sdk.changes()
    next(news)
    server.stop()
    with pytest.raises(sdk.ClientDoesNotAnswer, match="has ended"):
        next(news)


def test_news_and_tokens_for_programs_on_asyncio(methods: Methods) -> None:
    async def listen() -> list[str]:
        heard: list[str] = []
        async for what in aio.changes():
            heard.append(what)
            methods.changes.publish(ENTITLEMENT)
            if len(heard) == 2:
                break
        with pytest.raises(sdk.ClientRefused):
            await aio.token("survey-cloud")
        assert (await aio.require("survey-viewer", level=1)).entitled
        return heard

    assert asyncio.run(listen()) == ["status", "entitlement"]


def test_what_a_newer_client_says_besides_is_passed_over(runtime: Path) -> None:
    (runtime / "connection-client").mkdir(mode=0o700)
    lines = (
        b'{"jsonrpc":"2.0","id":1,"result":{"subscribed":true}}\n'
        b'{"jsonrpc":"2.0","method":"weather","params":{"what":"rain"}}\n'
        b'{"jsonrpc":"2.0","method":"changed","params":{"what":"tomorrow"}}\n'
    )
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(socket_path())
        listening.listen()
        news = sdk.changes(timeout=5)

        def serve() -> None:
            for answer in (b'{"jsonrpc":"2.0","id":1,"result":{}}\n', lines):
                connection, _ = listening.accept()
                with connection:
                    connection.recv(65536)
                    connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        assert [next(news), next(news)] == ["status", "tomorrow"]
        thread.join()


def test_another_version_of_the_protocol_is_named(runtime: Path) -> None:
    line = b'{"jsonrpc":"2.0","id":1,"error":{"code":-32003,"message":"m","data":{"supported":[2,3]}}}\n'
    with impostor(runtime, line), pytest.raises(sdk.ProtocolNotSpoken) as refused:
        sdk.require("survey-viewer", timeout=2)
    assert refused.value.supported == (2, 3)
