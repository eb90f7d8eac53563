# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The commands as a person runs them: real processes, the real Center, a browser that fills its forms in."""

import json
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, PROJECT, running_center
from tests.world.form_browser import form_browser
from tests.world.session import private_session

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def browser(tmp_path: Path) -> Path:
    return form_browser(tmp_path / "browser", ADMINISTRATOR, ADMINISTRATOR_PASSWORD)


@pytest.fixture
def command(tmp_path: Path, browser: Path) -> Iterator[Command]:
    with running_center(tmp_path / "center") as center, private_session(tmp_path / "home") as session:
        environment = {**session.environment, "BROWSER": str(browser), "PYTHONPATH": str(PROJECT)}

        def run(*words: str) -> "subprocess.CompletedProcess[str]":
            whole = [sys.executable, "-W", "error", "-m", "connection_client", *words]
            return subprocess.run(
                whole, env=environment, capture_output=True, text=True, timeout=60, check=False
            )

        assert run("settings", "set", "center_url", center.address).returncode == 0
        center.manage("message", "add", "Away on Friday.", "--in", "de", "Am Freitag nicht da.")
        yield run


def test_a_day_at_the_command_line(command: Command, browser: Path) -> None:
    nobody = command("status", "--json")
    assert json.loads(nobody.stdout)["status"] == "signed-out", nobody.stderr

    signed_in = command("sign-in", ADMINISTRATOR)
    assert signed_in.returncode == 0, signed_in.stderr
    assert signed_in.stdout == f"Signed in as Ana Lima <{ADMINISTRATOR}>.\n"
    page = browser.with_name("browser.page").read_text()
    assert "You can close this window" in page

    (device,) = json.loads(command("devices", "--json").stdout)
    assert (device["current"], device["name"]) == (True, platform.node())

    status = json.loads(command("status", "--json").stdout)
    assert (status["status"], status["organisation"]) == ("signed-in", "Lima Survey")
    assert (status["keeping"], status["problem"]) == ("key-store", None)

    (message,) = json.loads(command("messages", "--json").stdout)
    assert (message["level"], message["text"], message["dismissed"]) == ("info", "Away on Friday.", False)
    assert command("settings", "set", "language", "de").returncode == 0
    assert command("messages", "--offline").stdout == f"{message['id']}  Am Freitag nicht da.\n"
    assert command("settings", "set", "language", "en").returncode == 0

    assert command("sign-out").returncode == 0
    refused = command("messages")
    assert (refused.returncode, refused.stdout) == (3, "")
    assert json.loads(command("status", "--json").stdout)["status"] == "signed-out"


def test_without_a_center_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    with private_session(tmp_path, key_store=False) as session:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "connection_client", "sign-in", ADMINISTRATOR],
            env={**session.environment, "PYTHONPATH": str(PROJECT)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "settings set center_url ADDRESS" in done.stderr
