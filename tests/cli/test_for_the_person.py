# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Service requests, consents and messages as commands: real processes and the real Center."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connection_client.domain.consents import Consent
from connection_client.storage.consents import ConsentFile
from tests.cli.person import Commands, person, signed_in
from tests.world.center import PROJECT
from tests.world.session import private_session

SUPPORT = "support@connect-center.example"


@pytest.fixture
def commands(tmp_path: Path) -> Iterator[Commands]:
    with person(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    """Somebody who is signed in, for tests that change nothing at the Center."""
    with person(tmp_path_factory.mktemp("signed")) as made:
        yield signed_in(made)


def test_a_service_request_goes_to_the_support_with_what_diagnostics_wrote(
    commands: Commands, tmp_path: Path
) -> None:
    signed_in(commands)
    bundle = tmp_path / "bundle.zip"
    assert commands.run("diagnostics", str(bundle)).returncode == 0
    words = ("service-request", "Levels are lost", "--diagnostics", str(bundle), "--json")
    done = commands.run(*words, typed="Opening a file loses\nits levels.\n")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["problem"] is None
    assert str(told["number"]) in told["url"]
    mail = commands.center.wait_for_mail(SUPPORT, lambda mail: "Levels are lost" in mail.subject)
    assert "Opening a file loses\nits levels." in mail.text.replace("\r\n", "\n")
    plain = commands.run("service-request", "Again", typed="It happens again.")
    assert plain.stdout.startswith(f"Service request {told['number'] + 1} is filed.")


@pytest.mark.parametrize(
    ("words", "typed", "says"),
    [
        (("Subject",), "", "Give it a text"),
        (("",), "It is lost.", "Give it a text"),
        (("s" * 151,), "It is lost.", "Give it a text"),
        (("Subject", "--product", "unheard-of"), "It is lost.", "unheard-of cannot be installed here"),
        (("Subject", "--diagnostics", "/nowhere.zip"), "It is lost.", "/nowhere.zip cannot be read"),
        (("Subject", "--diagnostics", "/etc/passwd"), "It is lost.", "no file that diagnostics wrote"),
    ],
)
def test_a_request_that_says_nothing_or_names_what_is_not_there_is_not_filed(
    signed: Commands, words: tuple[str, ...], typed: str, says: str
) -> None:
    done = signed.run("service-request", *words, typed=typed)
    assert done.returncode == 3
    assert says in done.stderr
    assert signed.center.mails(SUPPORT) == []


def test_consents_are_listed_and_withdrawn(signed: Commands) -> None:
    assert signed.run("consents").stdout == "No program may act for you.\n"
    kept = ConsentFile(Path(signed.session.environment["XDG_DATA_HOME"]) / "connection-client/consents.json")
    (account,) = json.loads(signed.run("accounts", "--json").stdout)
    for audience, program in (("survey", "/usr/bin/a"), ("survey", "/usr/bin/b"), ("mesh", "/usr/bin/a")):
        person = account["issuer"], account["subject"]
        kept.add(Consent(*person, audience, audience.title(), program, datetime.now(UTC)))

    listed = json.loads(signed.run("consents", "--json").stdout)
    assert [(one["application"], one["program"]) for one in listed] == [
        ("mesh", "/usr/bin/a"),
        ("survey", "/usr/bin/b"),
        ("survey", "/usr/bin/a"),
    ]
    one = signed.run("consents", "--withdraw", "survey", "--program", "/usr/bin/a")
    assert [line.partition(",")[0] for line in one.stdout.splitlines()] == [
        "mesh  Mesh: /usr/bin/a",
        "survey  Survey: /usr/bin/b",
    ]
    unknown = signed.run("consents", "--withdraw", "bridge", "--json")
    assert unknown.returncode == 3
    assert json.loads(unknown.stdout)["error"]["code"] == "not-listed"
    for application in ("survey", "mesh"):
        assert signed.run("consents", "--withdraw", application).returncode == 0
    assert json.loads(signed.run("consents", "--json").stdout) == []


def test_a_message_is_dismissed_and_stays_listed(signed: Commands) -> None:
    signed.center.manage("message", "add", "Away on Friday.")
    (message,) = json.loads(signed.run("messages", "--json").stdout)
    assert not message["dismissed"]
    assert signed.run("messages", "--dismiss", "unheard-of").returncode == 3
    done = signed.run("messages", "--dismiss", message["id"], "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert [one["dismissed"] for one in json.loads(done.stdout)] == [True]
    assert json.loads(signed.run("messages", "--offline", "--json").stdout)[0]["dismissed"]


@pytest.mark.parametrize("words", [("consents",), ("service-request", "Subject")])
def test_who_is_not_signed_in_is_told_so(tmp_path: Path, words: tuple[str, ...]) -> None:
    with private_session(tmp_path, key_store=False) as session:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "connection_client", *words, "--json"],
            env={**session.environment, "PYTHONPATH": str(PROJECT)},
            input="text",
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 3
    assert json.loads(done.stdout)["error"]["code"] == "not-signed-in"
