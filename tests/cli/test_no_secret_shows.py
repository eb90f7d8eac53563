# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""While commands run and afterwards, no token and no password is in a file, an argument or a variable."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Self

import psutil
import pytest
import secretstorage

from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, PROJECT, Center, running_center
from tests.world.session import PrivateSession, private_session

PROXY_PASSWORD = "wide-meadow 7"
BROWSER = f"""#!{sys.executable}
import sys
sys.path.insert(0, {str(PROJECT)!r})
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD
from tests.world.providers.person import sign_in_with_form
sign_in_with_form(sys.argv[1], ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
"""


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    with running_center(tmp_path / "center") as running:
        yield running


@pytest.fixture
def home(tmp_path: Path) -> Iterator[PrivateSession]:
    with private_session(tmp_path / "home") as session:
        yield session


class Watch:
    """Looks at every process of the client as often as it can, as another user of this computer might."""

    def __init__(self, home: Path) -> None:
        self.seen: set[str] = set()
        self._home, self._done = str(home), threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(0.05):
            for process in psutil.process_iter():
                with suppress(psutil.Error, OSError):
                    words, variables = process.cmdline(), process.environ()
                    if "connection_client" in words and variables.get("HOME") == self._home:
                        self.seen.update(words, variables.values())


def secrets_of(session: PrivateSession, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Everything that the key store holds."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", session.environment["DBUS_SESSION_BUS_ADDRESS"])
    with closing(secretstorage.dbus_init()) as bus:
        items = secretstorage.get_default_collection(bus).get_all_items()
        return {item.get_secret().decode() for item in items}


class CommandLine:
    """Runs commands, and remembers what they said and every secret that was there after one of them."""

    def __init__(self, home: PrivateSession, browser: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.said: list[str] = []
        self.secrets = {ADMINISTRATOR_PASSWORD}
        self._home, self._monkeypatch = home, monkeypatch
        self._environment = {**home.environment, "BROWSER": str(browser), "PYTHONPATH": str(PROJECT)}

    def run(self, *words: str, typed: str = "") -> None:
        command = [sys.executable, "-m", "connection_client", *words]
        done = subprocess.run(
            command,
            env=self._environment,
            input=typed,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        self.said.append(done.stdout + done.stderr)
        self.secrets.update(secrets_of(self._home, self._monkeypatch))


def test_no_secret_shows(
    center: Center, home: PrivateSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = tmp_path / "browser"
    browser.write_text(BROWSER)
    browser.chmod(0o755)
    line = CommandLine(home, browser, monkeypatch)
    with Watch(home.folder) as watch:
        line.run("settings", "set", "center_url", center.address)
        line.run("proxy-login", "--proxy", "proxy.firm.example:3128", "jane", typed=f"{PROXY_PASSWORD}\n")
        line.run("sign-in", ADMINISTRATOR)
        for words in (("status", "--json"), ("devices", "--json"), ("accounts",), ("sign-out",)):
            line.run(*words)

    assert f"jane:{PROXY_PASSWORD}" in line.secrets
    secrets = {*line.secrets, PROXY_PASSWORD} - {f"jane:{PROXY_PASSWORD}"}
    assert len(secrets) >= 4, "the password, the proxy's, and the refresh tokens of several renewals"
    assert "connection_client" in watch.seen
    files = [path for path in home.folder.rglob("*") if path.is_file()]
    assert any(path.name == "account.json" for path in files)
    for secret in secrets:
        assert not [path for path in files if secret.encode() in path.read_bytes()]
        assert not [shown for shown in watch.seen if secret in shown]
        assert not [one for one in line.said if secret in one]
