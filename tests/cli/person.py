# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A person who runs commands as processes, with a session, a Center and a browser of their own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, PROJECT, Center, running_center
from tests.world.form_browser import form_browser
from tests.world.session import PrivateSession, private_session


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


@contextmanager
def person(folder: Path) -> Iterator[Commands]:
    """Somebody who is not signed in yet, at a client that knows its Center."""
    with running_center(folder / "center") as center, private_session(folder / "home") as session:
        made = Commands(session, center, folder / "browser")
        assert made.run("settings", "set", "center_url", center.address).returncode == 0
        yield made


def signed_in(commands: Commands) -> Commands:
    done = commands.run("sign-in", ADMINISTRATOR)
    assert done.returncode == 0, done.stderr
    return commands
