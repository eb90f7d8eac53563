# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A hostile process of the same computer talks to the local API.

Limits length and rate; gives no token without the person's consent, and nothing to other users.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from connection_client.broker.messages import Code
from connection_client.broker.peers import CallRate
from connection_client.broker.server import BrokerServer
from tests.world.broker import Caller, Desk, running_broker

ASKING = """\
import os, socket, sys
if sys.argv[2] != "same":
    os.setuid(int(sys.argv[2]))
with socket.socket(socket.AF_UNIX) as asking:
    asking.settimeout(5)
    asking.connect(sys.argv[1])
    asking.sendall(b'{"jsonrpc":"2.0","id":1,"method":"token","params":{"audience":"survey-cloud"}}\\n')
    print(asking.recv(4096).decode())
"""
NOBODY = "65534"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk().with_tokens(tmp_path / "consents.json")


@pytest.fixture
def broker(desk: Desk) -> Iterator[BrokerServer]:
    with (
        TemporaryDirectory(prefix="fault-") as name,
        running_broker(Path(name) / "run", desk, rate=CallRate(per_second=50, burst=60)) as server,
    ):
        yield server


def asked_by(path: Path, user: str = "same", script: Path | None = None) -> str:
    """What another process hears: an interpreter, or a program of its own."""
    words = [sys.executable, *([str(script)] if script else ["-c", ASKING]), str(path), user]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=20).stdout.strip()


def test_no_token_without_consent(broker: BrokerServer, desk: Desk, tmp_path: Path) -> None:
    said = asked_by(broker.path)
    assert f'"code":{int(Code.PROGRAM_NOT_KNOWN)}' in said  # a bare interpreter could be any program
    script = tmp_path / "survey-viewer-ses"
    script.write_text(ASKING)
    assert f'"code":{int(Code.ASKING)}' in asked_by(broker.path, script=script)
    assert desk.tokens is not None
    assert [question.program for question in desk.tokens.questions()] == [str(script)]
    assert desk.services.fetched == 0


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
def test_another_user_hears_nothing(broker: BrokerServer) -> None:
    for path, mode in ((broker.path.parent.parent, 0o755), (broker.path.parent, 0o755), (broker.path, 0o666)):
        path.chmod(mode)  # what keeps others out is opened, to meet the check behind
    assert asked_by(broker.path, NOBODY) == ""


def test_floods_end_with_the_flooder(broker: BrokerServer) -> None:
    with Caller(broker.path) as flooding:
        codes = [flooding.ask("status").get("error", {}).get("code") for _ in range(120)]
        assert codes[0] is None
        assert codes[-1] == Code.BUSY
    with Caller(broker.path) as endless, suppress(BrokenPipeError, ConnectionResetError):
        for _ in range(100):
            endless.send(b"x" * 100_000)
        pytest.fail("ten megabytes without an end were taken")
    assert broker.path.exists()
    with Caller(broker.path) as caller:
        assert caller.ask("status").get("result") or caller.ask("status")["error"]["code"] == Code.BUSY
