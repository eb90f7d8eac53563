# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""settings show, get and set."""

import json
from pathlib import Path

import pytest

from connection_client.domain.settings import SETTINGS
from tests.cli.conftest import Run

Output = pytest.CaptureFixture[str]


def test_every_setting_is_shown_with_its_source(run: Run, capsys: Output) -> None:
    assert run("settings", "show", "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert list(shown) == [setting.key for setting in SETTINGS]
    assert shown["check_hours"] == {"value": 4, "source": "default", "locked": False}
    assert shown["center_url"]["source"] == "settings"
    assert run("settings", "show") == 0
    assert "check_hours = 4  (standard)" in capsys.readouterr().out


def test_a_value_is_set_and_read_back(run: Run, capsys: Output) -> None:
    assert run("settings", "set", "autostart", "no") == 0
    assert capsys.readouterr().out == "autostart = no\n"
    assert run("settings", "get", "autostart") == 0
    assert capsys.readouterr().out == "no\n"


def test_what_does_not_fit_is_refused(run: Run, capsys: Output) -> None:
    assert run("settings", "set", "theme", "purple") == 3
    assert "“purple” does not fit the setting theme" in capsys.readouterr().err
    assert run("settings", "get", "colour", "--json") == 3
    said = capsys.readouterr()
    assert json.loads(said.out)["error"]["code"] == "setting-not-known"
    assert "theme" in said.err


def test_the_organisation_has_the_last_word(run: Run, tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "client").mkdir()
    (tmp_path / "client" / "policy.json").write_text('{"theme": "dark"}')
    assert run("settings", "set", "theme", "light") == 3
    assert "managed by your organisation" in capsys.readouterr().err
    assert run("settings", "get", "theme", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"value": "dark", "source": "policy", "locked": True}
