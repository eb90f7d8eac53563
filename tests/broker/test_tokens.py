# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Tokens for registered applications: after the person agreed, for that program and nobody else."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from connection_client.broker.messages import Code, Refused
from connection_client.broker.peers import Peer, is_told_apart, program_of
from connection_client.broker.server import BrokerServer
from connection_client.broker.tokens import Tokens
from connection_client.domain.accounts import SessionState, SessionStatus
from connection_client.domain.consents import Consent, Question
from connection_client.storage.consents import ConsentFile
from tests.world.broker import ACCOUNT, Desk, Services

# One question over the socket, from a program that has a file of its own.
PROGRAM = """\
import json, socket, sys
connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
connection.connect(sys.argv[1])
request = {"jsonrpc": "2.0", "id": 1, "method": "token", "params": {"audience": sys.argv[2]}}
connection.sendall(json.dumps(request).encode() + b"\\n")
print(connection.makefile().readline())
"""
PEER = Peer(4711, 1000, "/usr/bin/survey-viewer-ses")

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def ask(broker: BrokerServer, tmp_path: Path) -> Ask:
    def ask(audience: str = "survey-cloud", program: str = "program") -> dict[str, Any]:
        script = tmp_path / program
        script.write_text(PROGRAM)
        said = subprocess.run(
            [sys.executable, "-IS", str(script), str(broker.path), audience],
            capture_output=True,
            check=True,
            timeout=20,
        )
        answer: dict[str, Any] = json.loads(said.stdout)
        return answer

    return ask


@pytest.fixture
def tokens(desk: Desk) -> Tokens:
    assert desk.tokens is not None
    return desk.tokens


def running_as(desk: Desk, kept: Path, program: str = PEER.program) -> Tokens:
    """Tokens on a computer where that program runs under every number."""
    return Tokens(desk.services, ConsentFile(kept), lambda: desk.state.account, lambda _process: program)


def refusal(tokens: Tokens, audience: str = "survey-cloud", peer: Peer = PEER) -> Code:
    with pytest.raises(Refused) as refused:
        tokens.token(audience, peer)
    return refused.value.code


def test_the_person_is_asked_once_and_sees_who_asks(ask: Ask, tokens: Tokens, tmp_path: Path) -> None:
    for _ in range(3):
        error = ask()["error"]
        assert (error["code"], error["data"]["retry_after_ms"]) == (Code.ASKING, 500)
    (question,) = tokens.questions()
    assert (question.name, question.program) == ("Survey Cloud", str(tmp_path / "program"))
    tokens.answer(question, agreed=True)
    assert tokens.questions() == ()
    assert ask()["result"] == {"token": "survey-cloud.token.1", "expires_in": 300}


def test_another_program_is_asked_about_again(ask: Ask, tokens: Tokens) -> None:
    ask()
    tokens.answer(tokens.questions()[0], agreed=True)
    assert "result" in ask()
    assert ask(program="other")["error"]["code"] == Code.ASKING


def test_a_no_holds_for_a_while(desk: Desk, tmp_path: Path) -> None:
    now = [100.0]
    tokens = Tokens(
        desk.services,
        ConsentFile(tmp_path / "kept"),
        lambda: desk.state.account,
        lambda _process: PEER.program,
        lambda: now[0],
    )
    assert refusal(tokens) == Code.ASKING
    tokens.answer(tokens.questions()[0], agreed=False)
    assert refusal(tokens) == Code.DECLINED
    assert tokens.questions() == ()
    now[0] += 601
    assert refusal(tokens) == Code.ASKING


def test_a_withdrawn_consent_gives_no_more_tokens(ask: Ask, tokens: Tokens, desk: Desk) -> None:
    ask()
    tokens.answer(tokens.questions()[0], agreed=True)
    assert "result" in ask()
    (consent,) = tokens.consents()
    tokens.withdraw(consent)
    assert tokens.consents() == ()
    assert ask()["error"]["code"] == Code.ASKING
    assert desk.services.fetched == 1


def test_consent_outlives_the_client(desk: Desk, tmp_path: Path) -> None:
    tokens = running_as(desk, tmp_path / "kept")
    refusal(tokens)
    tokens.answer(tokens.questions()[0], agreed=True)
    again = running_as(desk, tmp_path / "kept")
    assert again.token("survey-cloud", PEER).seconds == 300
    assert "token" not in (tmp_path / "kept").read_text()
    assert (tmp_path / "kept").stat().st_mode & 0o777 == 0o600


def test_consent_is_that_of_one_person(desk: Desk, tmp_path: Path) -> None:
    tokens = running_as(desk, tmp_path / "kept")
    refusal(tokens)
    asked_of_rui = tokens.questions()[0]
    desk.state = SessionState(SessionStatus.SIGNED_IN, replace(ACCOUNT, subject="77"))
    assert tokens.questions() == ()
    tokens.answer(asked_of_rui, agreed=True)
    assert tokens.consents() == ()
    assert refusal(tokens) == Code.ASKING


def test_nobody_signed_in_gets_no_token(desk: Desk, tmp_path: Path) -> None:
    desk.state = SessionState(SessionStatus.SIGNED_OUT)
    assert refusal(running_as(desk, tmp_path / "kept")) == Code.NOBODY_SIGNED_IN


def test_an_unregistered_audience_asks_nobody(ask: Ask, tokens: Tokens) -> None:
    assert ask("unknown")["error"]["code"] == Code.NOT_REGISTERED
    assert tokens.questions() == ()


def test_without_the_center_the_reason_is_told(ask: Ask, desk: Desk) -> None:
    desk.services.unreachable = True
    error = ask()["error"]
    assert error["code"] == Code.CENTER_NOT_REACHED
    assert "center.example cannot be reached" in error["data"]["text"]


def test_a_process_that_became_another_program_gets_none(desk: Desk, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    tokens = running_as(desk, kept)
    refusal(tokens)
    tokens.answer(tokens.questions()[0], agreed=True)
    assert refusal(running_as(desk, kept, "/usr/bin/other")) == Code.PROGRAM_NOT_KNOWN
    assert refusal(running_as(desk, kept, "")) == Code.PROGRAM_NOT_KNOWN


@pytest.mark.parametrize("program", ["", "/usr/bin/python3.11", "/bin/sh", "/usr/bin/perl5"])
def test_what_could_be_any_program_is_not_told_apart(program: str) -> None:
    assert not is_told_apart(program)


def test_a_script_is_known_by_its_own_file(tmp_path: Path) -> None:
    script = tmp_path / "tool"
    script.write_text("import sys; print(flush=True); sys.stdin.read()")
    long = script.read_text() + "#" * 5000  # no name of a file
    for arguments, known in ((["tool"], str(script)), (["-c", script.read_text()], ""), (["-c", long], "")):
        with subprocess.Popen(
            [sys.executable, "-IS", *arguments], cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            found = program_of(process.pid)
            process.communicate()
        assert (found == known) if known else not is_told_apart(found)
    assert program_of(2**22 + 1) == ""


def test_questions_are_bounded(desk: Desk, tmp_path: Path) -> None:
    desk.services = Services({f"app-{number}": f"App {number}" for number in range(9)})
    tokens = running_as(desk, tmp_path / "kept")
    codes = [refusal(tokens, f"app-{number}") for number in range(9)]
    assert codes == [Code.ASKING] * 5 + [Code.BUSY] * 4


def test_an_answer_to_what_was_not_asked_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    tokens = running_as(desk, tmp_path / "kept")
    tokens.answer(Question("survey-cloud", "Survey Cloud", PEER.program, 1), agreed=True)
    assert tokens.consents() == ()


@pytest.mark.parametrize("content", ["", "no JSON", "{}", '[7, {"issuer": 1}]', '[{"agreed_at": "x"}]'])
def test_a_broken_file_of_consents_is_none(tmp_path: Path, content: str, desk: Desk) -> None:
    kept = tmp_path / "kept"
    kept.write_text(content)
    tokens = running_as(desk, kept)
    assert tokens.consents() == ()
    refusal(tokens)
    tokens.answer(tokens.questions()[0], agreed=True)
    assert [consent.name for consent in tokens.consents()] == ["Survey Cloud"]


def test_what_changes_is_told(desk: Desk, tmp_path: Path) -> None:
    tokens = running_as(desk, tmp_path / "kept")
    told: list[tuple[tuple[Question, ...], tuple[Consent, ...]]] = []
    stop = tokens.subscribe(lambda: told.append((tokens.questions(), tokens.consents())))
    refusal(tokens)
    tokens.answer(tokens.questions()[0], agreed=True)
    tokens.withdraw(tokens.consents()[0])
    stop()
    refusal(tokens)
    assert [(len(questions), len(consents)) for questions, consents in told] == [(1, 0), (0, 1), (0, 0)]
