# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""reset-password: the mailed code and the new password, from a pipe and at a terminal; neither is shown."""

import json
import os
import pty
import select
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.person import Commands, person, signed_in
from tests.world.center import ADMINISTRATOR

NEW_PASSWORD = "Quiet-lantern-38"


@pytest.fixture
def commands(tmp_path: Path) -> Iterator[Commands]:
    with person(tmp_path) as made:
        yield made


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
