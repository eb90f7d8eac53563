# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The whole client on Windows: its command line, and its services built as for a person."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

assert sys.platform == "win32"  # tells the type checker so, too


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """A person's own folders."""
    places = {name: str(tmp_path / name) for name in ("LOCALAPPDATA", "APPDATA", "USERPROFILE")}
    for place in places.values():
        Path(place).mkdir()
    policy = tmp_path / "policy.json"
    policy.write_text(json.dumps({"center_url": "http://127.0.0.1:9"}))
    return os.environ | places | {"CONNECTION_CLIENT_POLICY": str(policy)}


def client(home: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-X", "utf8", "-m", "connection_client", *words]
    return subprocess.run(
        command, env=home, capture_output=True, text=True, encoding="utf-8", check=False, timeout=100
    )


def test_it_says_its_version(home: dict[str, str]) -> None:
    assert client(home, "--version").stdout.startswith("CONNECTION Client ")


def test_it_knows_that_nobody_is_signed_in(home: dict[str, str]) -> None:
    done = client(home, "status", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["status"] == "signed-out"


def test_it_does_not_start_with_the_session_where_nobody_wants_it(home: dict[str, str]) -> None:
    Path(home["CONNECTION_CLIENT_POLICY"]).write_text('{"autostart": false}')
    done = client(home, "--hidden", "--with-session")
    assert (done.returncode, done.stderr) == (0, "")


def test_asked_to_end_where_nothing_runs_it_is_content(home: dict[str, str]) -> None:
    assert client(home, "--quit").returncode == 0


def test_the_settings_come_from_the_policy(home: dict[str, str]) -> None:
    done = client(home, "settings", "show", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["center_url"]["source"] == "policy"
