# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A real CONNECT Center on loopback, in a process of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from pathlib import Path

from tests.world.postgresql import of_address
from tests.world.processes import end, start
from tests.world.waiting import wait_until

PROJECT = Path(__file__).parents[2]
START_SECONDS = 60.0
MAIL_SECONDS = 10.0
_CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")
_LINK = re.compile(r"https?://\S+")

ADMINISTRATOR = "ana@lima-survey.example"
ADMINISTRATOR_PASSWORD = "Tidal-harbour-71"
ORGANISATION = "Lima Survey"


class CenterDidNotStart(Exception):
    """The Center ended or stayed silent; the text is what it wrote."""


@dataclass(frozen=True)
class Mail:
    """A mail as the sink stored it."""

    to: str
    subject: str
    text: str

    @property
    def code(self) -> str:
        """The mailed code, such as QFKG-XMBJ."""
        found = _CODE.search(self.text)
        assert found, self.text
        return found[0]

    @property
    def links(self) -> list[str]:
        return _LINK.findall(self.text)


class Center:
    """The Center's process; `address` and `mail_address` end with a slash and hold while it is stopped."""

    def __init__(self, state: Path, *, example: bool = True) -> None:
        self.state = state
        self.address = ""
        self.mail_address = ""
        self._example = example
        self._database = _database_of_its_own()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers; again on the same port after a `stop`."""
        port = self.address.rstrip("/").rpartition(":")[2] or "0"
        words = ["serve", "--port", port]
        if self._example:
            words.append("--example")
        self.state.mkdir(parents=True, exist_ok=True)
        self.log.write_bytes(b"")
        self._process = start(self._command(words), self._environment(), self.log)
        try:
            self.mail_address = wait_until(lambda: self._announced("Mails: "), START_SECONDS, "no Center")
        except TimeoutError as error:
            self.stop()
            raise CenterDidNotStart(self.log.read_text()) from error
        self.address = self._announced("CONNECT Center: ")

    def stop(self) -> None:
        """Stop it, as a computer that is shut down does."""
        process, self._process = self._process, None
        if process is not None:
            end(process)

    @property
    def log(self) -> Path:
        """What it wrote since the last start; a server error leaves its traceback here."""
        return self.state / "center.log"

    def manage(self, *words: str, seconds: float = 60) -> str:
        """Run a command of `python -m connect_center` on the same state; what it printed."""
        done = self.try_to_manage(*words, seconds=seconds)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def try_to_manage(self, *words: str, seconds: float = 60) -> "subprocess.CompletedProcess[str]":
        """The same for commands that are expected to fail."""
        return subprocess.run(
            self._command(list(words)),
            capture_output=True,
            text=True,
            env=self._environment(),
            timeout=seconds,
            check=False,
        )

    def mails(self, to: str) -> list[Mail]:
        """The mails that the sink has stored for an address, oldest first."""
        found = (_read(path) for path in sorted((self.state / "mails").glob("*.eml")))
        return [mail for mail in found if mail.to.lower() == to.lower()]

    def wait_for_mail(self, to: str, fits: Callable[[Mail], bool] = lambda _mail: True) -> Mail:
        """The newest fitting mail; waits up to ten seconds."""
        return wait_until(lambda: self._newest(to, fits), MAIL_SECONDS, f"no mail for {to}")

    def _newest(self, to: str, fits: Callable[[Mail], bool]) -> Mail | None:
        found = [mail for mail in self.mails(to) if fits(mail)]
        return found[-1] if found else None

    def _command(self, words: list[str]) -> list[str]:
        return [sys.executable, "-m", "connect_center", *words, "--state", str(self.state)]

    def _environment(self) -> dict[str, str]:
        ours = {"PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"}
        return os.environ | ours | self._database

    def _announced(self, start_of_line: str) -> str:
        """The rest of the printed line that begins so, or ""; raises when the process has ended."""
        lines = self.log.read_text().splitlines()
        for line in lines:
            if line.startswith(start_of_line):
                return line.removeprefix(start_of_line).strip()
        if self._process is not None and self._process.poll() is not None:
            raise CenterDidNotStart("\n".join(lines))
        return ""


def _database_of_its_own() -> dict[str, str]:
    """Where tests run on PostgreSQL, every Center gets an empty database there; else SQLite in its state."""
    address = os.environ.get("CENTER_DATABASE_URL", "")
    return {"CENTER_DATABASE_URL": of_address(address).create()} if address else {}


def _read(path: Path) -> Mail:
    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    body = message.get_body(("plain",))
    text = str(body.get_content()) if body is not None else ""
    return Mail(to=str(message["To"]), subject=str(message["Subject"]), text=text)


@contextmanager
def running_center(state: Path, *, example: bool = True) -> Iterator[Center]:
    """A Center that serves `state` until the end of the block."""
    center = Center(state, example=example)
    center.start()
    try:
        yield center
    finally:
        center.stop()
