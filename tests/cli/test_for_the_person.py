# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Passwords, service requests, consents and messages as commands: real processes and the real Center."""

import json
import os
import pty
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connection_client.domain.consents import Consent
from connection_client.storage.consents import ConsentFile
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, PROJECT, Center, running_center
from tests.world.form_browser import form_browser
from tests.world.session import PrivateSession, private_session

NEW_PASSWORD = "Quiet-lantern-38"
SUPPORT = "support@connect-center.example"


class Commands:
    """One person at one computer."""

    def __init__(self, session: PrivateSession, center: Center, browser: Path) -> None:
        self.center, self.session, self._browser = center, session, browser
        self.settle_browser(ADMINISTRATOR_PASSWORD)

    def settle_browser(self, password: str) -> None:
        browser = form_browser(self._browser, ADMINISTRATOR, password)
        self._environment = {**self.session.environment, "BROWSER": str(browser), "PYTHONPATH": str(PROJECT)}

    def start(self, *words: str, stdin: int = subprocess.PIPE) -> "subprocess.Popen[str]":
        whole = [sys.executable, "-W", "error", "-m", "connection_client", *words]
        out = subprocess.PIPE
        # Without a terminal of its own: what is asked is asked of standard input.
        return subprocess.Popen(
            whole,
            env=self._environment,
            stdin=stdin,
            stdout=out,
            stderr=out,
            text=True,
            start_new_session=True,
        )

    def run(self, *words: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
        with self.start(*words) as process:
            out, err = process.communicate(typed, timeout=60)
            return subprocess.CompletedProcess(words, process.returncode, out, err)

    def mailed_code(self, known: int) -> str:
        fits = lambda _mail: len(self.center.mails(ADMINISTRATOR)) > known  # noqa: E731  # said once
        return self.center.wait_for_mail(ADMINISTRATOR, fits).code


@pytest.fixture
def commands(tmp_path: Path) -> Iterator[Commands]:
    with running_center(tmp_path / "center") as center, private_session(tmp_path / "home") as session:
        made = Commands(session, center, tmp_path / "browser")
        assert made.run("settings", "set", "center_url", center.address).returncode == 0
        yield made


def signed_in(commands: Commands) -> Commands:
    done = commands.run("sign-in", ADMINISTRATOR)
    assert done.returncode == 0, done.stderr
    return commands


def test_a_forgotten_password_is_made_anew_with_the_mailed_code(commands: Commands) -> None:
    with commands.start("reset-password", ADMINISTRATOR, "--json") as process:
        code = commands.mailed_code(0)
        out, err = process.communicate(f"{code}\n{NEW_PASSWORD}\n", timeout=60)
    assert process.returncode == 0, err
    assert json.loads(out) == {"email": ADMINISTRATOR, "changed": True}
    assert f"If {ADMINISTRATOR} is registered, a code is on its way to it." in err
    assert "At least " in err
    assert not [secret for secret in (code, NEW_PASSWORD) if secret in out + err]
    commands.settle_browser(NEW_PASSWORD)
    signed_in(commands)


def test_a_code_or_a_password_that_does_not_fit_changes_nothing(commands: Commands) -> None:
    wrong = commands.run("reset-password", ADMINISTRATOR, "--json", typed=f"AAAA-AAAA\n{NEW_PASSWORD}\n")
    assert wrong.returncode == 3
    assert json.loads(wrong.stdout)["error"]["code"] == "code-not-accepted"
    known = len(commands.center.mails(ADMINISTRATOR))
    with commands.start("reset-password", ADMINISTRATOR) as process:
        _out, err = process.communicate(f"{commands.mailed_code(known)}\nshort\n", timeout=60)
    assert process.returncode == 3
    assert "Your old password still holds" in err
    nobody = commands.run("reset-password", typed="\n")
    assert (nobody.returncode, "does not look like an e-mail address" in nobody.stderr) == (3, True)
    signed_in(commands)


def test_at_a_terminal_nothing_secret_is_shown_and_mistakes_are_asked_again(commands: Commands) -> None:
    ours, theirs = pty.openpty()
    with commands.start("reset-password", ADMINISTRATOR, stdin=theirs) as process:
        os.close(theirs)
        code = commands.mailed_code(0)
        terminal = Terminal(process, ours)
        try:
            for asked, line in (
                ("Code from the mail", "AAAA-AAAA"),
                ("Code from the mail", code),
                ("New password", NEW_PASSWORD),
                ("The same again", "another"),
                ("New password", NEW_PASSWORD),
                ("The same again", NEW_PASSWORD),
            ):
                terminal.answer(asked, line)
            assert process.wait(60) == 0
        finally:
            process.kill()
            terminal.close()
    assert "This code does not fit" in terminal.said
    assert "The two are not the same" in terminal.said
    assert "holds from now on" in terminal.said
    assert not [secret for secret in (code, NEW_PASSWORD) if secret in terminal.said]


class Terminal:
    """Types when it is asked to; `said` is all that was shown, on the terminal too."""

    def __init__(self, process: "subprocess.Popen[str]", file: int) -> None:
        assert process.stdout is not None
        assert process.stderr is not None
        self._out, self._err, self._file = process.stdout.fileno(), process.stderr.fileno(), file
        self.said = ""
        self._heard = 0

    def answer(self, asked: str, line: str) -> None:
        """Wait for the question, then type; what is typed too early is thrown away by getpass."""
        while asked not in self.said[self._heard :]:
            assert select.select([self._err], [], [], 60)[0], self.said
            chunk = os.read(self._err, 4096)
            assert chunk, self.said
            self.said += chunk.decode()
        self._heard = len(self.said)
        os.write(self._file, f"{line}\n".encode())

    def close(self) -> None:
        """Read the rest."""
        for file in (self._err, self._out, self._file):
            with suppress(OSError):  # Linux says so of a terminal where nobody writes any more
                while chunk := os.read(file, 4096):
                    self.said += chunk.decode()
        os.close(self._file)


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


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    """Somebody who is signed in, for tests that change nothing at the Center."""
    folder = tmp_path_factory.mktemp("signed")
    with running_center(folder / "center") as center, private_session(folder / "home") as session:
        made = Commands(session, center, folder / "browser")
        assert made.run("settings", "set", "center_url", center.address).returncode == 0
        yield signed_in(made)


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
