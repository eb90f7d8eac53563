# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A client in C, written from docs/broker.md alone: compiled, run against the broker and against nonsense."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from connection_client.broker.server import BrokerServer
from connection_client.domain.entitlements import Refusal
from tests.sdk.test_questions import impostor
from tests.sdk.test_starting import CLIENT, install
from tests.world.broker import Desk

ROOT = Path(__file__).parents[2]
SOURCES = [str(ROOT / "examples" / "c_client" / name) for name in ("client.c", "json.c")]


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compiled with every warning as an error, and with a watch over its memory."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    assert compiler, "a C compiler is needed"
    built = tmp_path_factory.mktemp("c") / "client"
    watched = ["-fsanitize=address,undefined", "-fno-sanitize-recover"]
    warned = ["-std=c11", "-O1", "-Wall", "-Wextra", "-Wshadow", "-Wpedantic", "-Werror"]
    subprocess.run([compiler, *warned, *watched, "-o", str(built), *SOURCES], check=True)
    return built


def run(program: Path, *words: str) -> tuple[int, str]:
    done = subprocess.run([str(program), *words], capture_output=True, text=True, timeout=60, check=False)
    assert "Sanitizer" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


def test_an_entitled_person_may_work(program: Path, client: BrokerServer) -> None:
    status, said = run(program, "survey-viewer", "10.2.0.7")
    assert status == 0
    assert said.startswith("yes Good until ")


def test_a_refused_person_hears_why(program: Path, client: BrokerServer, desk: Desk) -> None:
    desk.refused["mesh-viewer"] = Refusal.WRONG_COUNTRY
    assert run(program, "mesh-viewer") == (
        1,
        "no wrong-country: The licence does not hold in your country.\n",
    )


@pytest.mark.parametrize("stale", [False, True])
def test_it_starts_the_client(program: Path, runtime: Path, *, stale: bool) -> None:
    os.mkfifo(runtime / "end")
    install(runtime, CLIENT.format(python=sys.executable, root=str(ROOT)))
    if stale:
        (runtime / "connection-client").mkdir(mode=0o700)
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as killed:
            killed.bind(str(runtime / "connection-client" / "broker.sock"))
    try:
        assert run(program, "survey-viewer")[0] == 0
        assert (runtime / "arguments").read_text() == "--hidden"
    finally:
        with (runtime / "end").open("w") as end:
            end.write(".")


def test_a_missing_client_is_said(program: Path, runtime: Path) -> None:
    assert run(program, "survey-viewer") == (2, "CONNECTION Client is not installed\n")


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (b"", 2),
        (b"half a line", 2),
        (b"no JSON\n", 2),
        (b"{\n", 2),
        (b'{"result\n', 2),
        (b'{"result":\n', 2),
        (b'{"a":[[[{"result":{"entitled":true}}]]]}\n', 2),
        (b'{"a":"\\"}\n', 2),
        (b'{"error":{"code":-32602,"message":"m"}}\n', 2),
        (b'{"result":7}\n', 2),
        (b'{"result":{"entitled":"true"}}\n', 1),
        (b'{"result":{"text":"\\"entitled\\":true","entitled":false}}\n', 1),
        (b'{"result":{"entitled":false,"text":"\\u00e9\\ud83d\\ude00\\u001b[31m\\u12"}}\n', 1),
        (b'{"x":[1,{"y":"]}"},"\\""], "result" : { "entitled" : true } }\n', 0),
    ],
)
def test_nonsense_is_no_yes(program: Path, runtime: Path, answer: bytes, status: int) -> None:
    with impostor(runtime, answer):
        assert run(program, "survey-viewer")[0] == status


@pytest.mark.parametrize("words", [(), ("a", "b", "c"), ('say "hello"',), ("x" * 129,), ("back\\slash",)])
def test_what_cannot_be_asked_is_not(program: Path, client: BrokerServer, words: tuple[str, ...]) -> None:
    assert run(program, *words)[0] == 2
