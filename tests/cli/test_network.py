# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The command that keeps the name and the password for a proxy."""

import io
import json
from pathlib import Path

import pytest

from connection_client.domain.proxies import ProxyLogin
from connection_client.identity.proxy_logins import ProxyLogins
from connection_client.storage.key_store import KeyStore
from tests.cli.conftest import Run

PASSWORD = "wide-meadow 7"


def test_name_and_password_go_to_the_key_store_and_nowhere_else(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("settings", "set", "proxy", "http://proxy.firm.example:3128") == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert run("proxy-login", "jane") == 0
    assert "proxy.firm.example:3128" in capsys.readouterr().out
    logins = ProxyLogins(KeyStore())
    assert logins.of("Proxy.Firm.example:3128") == ProxyLogin("jane", PASSWORD)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if PASSWORD.encode() in path.read_bytes()]

    assert run("proxy-login", "--forget", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"proxy": "proxy.firm.example:3128", "kept": False}
    assert logins.of("proxy.firm.example:3128") is None


def test_without_a_key_store_it_says_that_nothing_was_kept(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert run("proxy-login", "--proxy", "proxy.firm.example:3128", "jane") == 1
    assert "nothing was kept" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["jane"], ["--proxy", "p:1"], ["--proxy", "p:1", "ja:ne"]])
def test_what_is_missing_is_said(run: Run, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert run("proxy-login", *words) == 3
    assert "as it was" in capsys.readouterr().err
