# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`connection-client policy show`: the source of every value; what cannot be followed is named."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from connection_client.domain.settings import SETTINGS

Run = Callable[..., int]


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    (tmp_path / "client").mkdir()
    return tmp_path / "client" / "policy.json"


def shown(run: Run, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, object]]:
    status = run("policy", "show", "--json")
    return status, json.loads(capsys.readouterr().out)


def test_each_value_says_where_it_came_from(
    run: Run, policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy.write_text(json.dumps({"check_hours": 24, "autostart": False}))
    assert run("settings", "set", "theme", "dark") == 0
    capsys.readouterr()
    status, answer = shown(run, capsys)
    settings = answer["settings"]
    assert isinstance(settings, dict)
    assert status == 0
    assert set(settings) == {setting.policy_key for setting in SETTINGS}
    assert settings["check_hours"] == {"value": 24, "source": "policy", "locked": True}
    assert settings["autostart"] == {"value": False, "source": "policy", "locked": True}
    assert settings["theme"] == {"value": "dark", "source": "settings", "locked": False}
    assert settings["bandwidth_limit"]["source"] == "default"
    assert answer["place"] == str(policy)


def test_what_cannot_be_followed_is_named_and_the_safe_default_holds(
    run: Run, policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy.write_text(json.dumps({"check_hours": 0, "proxyy": "http://proxy:3128", "theme": "light"}))
    assert run("policy", "show") == 1
    said = capsys.readouterr().out
    assert "“0” does not fit the setting check_hours" in said
    assert "There is no setting proxyy" in said
    assert "check_hours = 4  (standard)" in said
    assert f"theme = light  (managed by your organisation, {policy})" in said


def test_a_policy_that_cannot_be_read_is_named(
    run: Run, policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy.write_text("{ this is no JSON")
    status, answer = shown(run, capsys)
    problems = answer["problems"]
    assert isinstance(problems, list)
    assert status == 1
    assert [problem["code"] for problem in problems] == ["settings-not-readable"]
    assert str(policy) in problems[0]["text"]


def test_without_a_policy_it_says_so(run: Run, policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("policy", "show") == 0
    assert f"Your organisation has set nothing in {policy}." in capsys.readouterr().out


def test_a_forged_update_policy_is_said(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("policy", "show") == 0
    capsys.readouterr()
    (tmp_path / "update-policy.json").write_text('{"rules": []}')

    assert run("policy", "show") == 1

    assert (
        "is not what CONNECT Center signed (it is not signed). It is not followed" in capsys.readouterr().out
    )
