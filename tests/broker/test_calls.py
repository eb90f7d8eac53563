# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What callers get who keep to the contract of docs/broker.md."""

import json
import re
from pathlib import Path

import pytest

from connection_client.broker.messages import Code
from connection_client.broker.server import BrokerServer
from connection_client.domain.accounts import SessionState, SessionStatus
from connection_client.domain.entitlements import Refusal
from connection_client.domain.key_store_errors import KeyStoreLocked
from connection_client.version import VERSION
from tests.world.broker import ACCOUNT, Caller, Desk

DOCUMENT = Path(__file__).parents[2] / "docs" / "broker.md"


def test_hello_names_the_versions_that_are_spoken(broker: BrokerServer) -> None:
    with Caller(broker.path) as caller:
        assert caller.ask("hello")["result"] == {
            "protocol": 1,
            "supported": [1],
            "methods": ["hello", "status", "entitlement", "signIn", "subscribe", "token"],
            "client": VERSION,
        }


def test_status_says_who_is_signed_in(broker: BrokerServer) -> None:
    with Caller(broker.path) as caller:
        said = caller.ask("status", protocol=1)["result"]
    assert (said["state"], said["name"], said["organisation"]) == ("signed-in", "Rui Costa", "Lima Survey")


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (SessionState(SessionStatus.UNKNOWN), "starting"),
        (SessionState(SessionStatus.UNKNOWN, ACCOUNT, problem=KeyStoreLocked()), "locked"),
        (SessionState(SessionStatus.SIGNED_OUT, email="rui@lima-survey.example"), "signed-out"),
        (SessionState(SessionStatus.ENDED, ACCOUNT), "ended"),
    ],
)
def test_status_names_nobody_who_is_not_signed_in(
    broker: BrokerServer, desk: Desk, state: SessionState, word: str
) -> None:
    desk.state = state
    with Caller(broker.path) as caller:
        said = caller.ask("status")["result"]
    assert (said["state"], said["name"], said["email"]) == (word, "", "")


def test_an_entitled_person_hears_until_when(broker: BrokerServer) -> None:
    with Caller(broker.path) as caller:
        said = caller.ask("entitlement", product="survey-viewer", version="10.1.0.12")["result"]
    assert said["entitled"] is True
    assert said["token"] == "a.b.c"
    assert said["until"].endswith("+00:00")


def test_a_refused_person_hears_why_and_whom_to_ask(broker: BrokerServer, desk: Desk) -> None:
    desk.refused["mesh-viewer"] = Refusal.NO_LICENCE
    with Caller(broker.path) as caller:
        said = caller.ask("entitlement", product="mesh-viewer")["result"]
    assert said["entitled"] is False
    assert (said["reason"], said["text"]) == ("no-licence", "Your organisation has no licence for it.")
    assert said["administrators"] == [{"name": "Ana Lima", "email": "ana@lima-survey.example"}]


def test_sign_in_opens_the_window(broker: BrokerServer, desk: Desk) -> None:
    with Caller(broker.path) as caller:
        assert caller.ask("signIn")["result"] == {"opened": True}
    assert desk.sign_ins == 1


def test_several_requests_are_answered_in_order(broker: BrokerServer) -> None:
    lines = b"".join(b'{"jsonrpc":"2.0","id":%d,"method":"hello"}\n' % number for number in range(50))
    with Caller(broker.path) as caller:
        caller.send(lines)
        answers = [caller.line() for _ in range(50)]
    assert [answer["id"] for answer in answers if answer] == list(range(50))


def test_a_notification_gets_no_answer(broker: BrokerServer, desk: Desk) -> None:
    with Caller(broker.path) as caller:
        caller.send(b'{"jsonrpc":"2.0","method":"signIn"}\n')
        assert "result" in caller.ask("hello")
    assert desk.sign_ins == 1


def test_while_the_client_starts_the_caller_is_asked_to_come_back(broker: BrokerServer, desk: Desk) -> None:
    desk.starting = True
    with Caller(broker.path) as caller:
        error = caller.ask("entitlement", product="survey-viewer")["error"]
    assert (error["code"], error["data"]["retry_after_ms"]) == (-32004, 200)


def test_every_request_of_the_document_is_understood(broker: BrokerServer) -> None:
    requests = re.findall(r"^→ (\{.*\})$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    assert len(requests) >= 4
    with Caller(broker.path) as caller:
        for request in requests:
            caller.send(request.encode() + b"\n")
            answer = caller.line()
            assert answer is not None
            assert answer["id"] == json.loads(request)["id"]
            # A test is an interpreter that could be any program.
            refused = answer.get("error", {}).get("code")
            assert "result" in answer or ("token" in request and refused == Code.PROGRAM_NOT_KNOWN)


def test_every_member_that_the_document_shows_is_answered(broker: BrokerServer, desk: Desk) -> None:
    text = DOCUMENT.read_text("utf-8").replace("…", "")
    shown = [json.loads(line) for line in re.findall(r"^← (\{.*\})$", text, re.MULTILINE)]
    yes = next(answer["result"] for answer in shown if answer.get("result", {}).get("entitled") is True)
    no = next(answer["result"] for answer in shown if answer.get("result", {}).get("entitled") is False)
    desk.refused["mesh-viewer"] = Refusal.NO_LICENCE
    with Caller(broker.path) as caller:
        assert set(no) == set(caller.ask("entitlement", product="mesh-viewer")["result"])
        assert set(yes) == set(caller.ask("entitlement", product="survey-viewer")["result"])


def test_the_document_lists_every_reason() -> None:
    text = DOCUMENT.read_text("utf-8")
    assert [reason.value for reason in Refusal if f"| `{reason.value}` |" not in text] == []
