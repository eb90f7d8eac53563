# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Settings in layers: defaults, the person's file, the organisation's policy."""

import json
from pathlib import Path

import pytest

from connection_client.domain.setting import Setting, Source
from connection_client.domain.settings import (
    AUTOSTART,
    CENTER_URL,
    EMAIL,
    PROXY,
    SETTINGS,
    THEME,
    TRUSTED_ROOT,
    AnySetting,
)
from connection_client.domain.settings_errors import SettingLocked, SettingNotAccepted, SettingsNotReadable
from connection_client.domain.update_settings import CHECK_HOURS
from connection_client.storage.settings import POLICY_FILE, SettingsFile, policy_path


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path, tmp_path / "policy.json")


def write(path: Path, values: object) -> None:
    path.write_text(json.dumps(values))


def test_the_default_holds_until_something_is_set(settings: SettingsFile, tmp_path: Path) -> None:
    assert (settings.get(CHECK_HOURS), settings.source(CHECK_HOURS)) == (4, Source.DEFAULT)
    settings.set(CHECK_HOURS, "12")
    assert (settings.get(CHECK_HOURS), settings.source(CHECK_HOURS)) == (12, Source.PERSON)
    assert SettingsFile(tmp_path, tmp_path / "none").get(CHECK_HOURS) == 12
    assert (tmp_path / "settings.json").stat().st_mode & 0o777 == 0o600


def test_another_process_is_seen(settings: SettingsFile, tmp_path: Path) -> None:
    assert settings.get(THEME) == "system"
    SettingsFile(tmp_path, tmp_path / "none").set(THEME, "dark")
    assert settings.get(THEME) == "dark"


def test_a_policy_locks(settings: SettingsFile, tmp_path: Path) -> None:
    settings.set(EMAIL, "mine@lima.example")
    write(tmp_path / "policy.json", {"email": "ours@lima.example", "check_hours": "nonsense"})
    assert (settings.get(EMAIL), settings.locked(EMAIL)) == ("ours@lima.example", True)
    with pytest.raises(SettingLocked):
        settings.set(EMAIL, "other@lima.example")
    assert (settings.get(CHECK_HOURS), settings.locked(CHECK_HOURS)) == (4, False)


@pytest.mark.parametrize("content", ["{", "[1]", "\xff", '{"a": ' + "[" * 100_000])
def test_an_unreadable_file_is_kept_and_said(settings: SettingsFile, tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content, "latin-1")
    assert settings.get(THEME) == "system"
    problems = [settings.problem]
    settings.set(THEME, "light")
    problems.append(settings.problem)
    assert [type(problem) for problem in problems] == [SettingsNotReadable, type(None)]
    assert settings.get(THEME) == "light"
    assert (tmp_path / "settings.unreadable.json").read_text("latin-1") == content


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (CENTER_URL, "http://center.example"),
        (CENTER_URL, "ftp://center.example"),
        (CENTER_URL, "https://user@center.example"),
        (CENTER_URL, "https://center.example/?x=1"),
        (CENTER_URL, "center.example"),
        (CENTER_URL, 7),
        (CHECK_HOURS, 0),
        (CHECK_HOURS, "often"),
        (CHECK_HOURS, True),
        (THEME, "purple"),
        (AUTOSTART, "perhaps"),
        (TRUSTED_ROOT, "relative/root.json"),
        (PROXY, "http://me:secret@proxy:3128"),
        (EMAIL, "a\nb@lima.example"),
    ],
)
def test_what_does_not_fit_changes_nothing(
    settings: SettingsFile, setting: AnySetting, value: object
) -> None:
    with pytest.raises(SettingNotAccepted):
        settings.set(setting, value)
    assert settings.source(setting) is Source.DEFAULT


@pytest.mark.parametrize(
    ("setting", "value", "read"),
    [
        (CENTER_URL, " https://center.example/ ", "https://center.example"),
        (CENTER_URL, "http://127.0.0.1:8000/", "http://127.0.0.1:8000"),
        (TRUSTED_ROOT, "/srv/root.json", Path("/srv/root.json")),
        (TRUSTED_ROOT, "", None),
        (AUTOSTART, "off", False),
        (AUTOSTART, True, True),
        (PROXY, "http://proxy:3128", "http://proxy:3128"),
    ],
)
def test_what_fits_comes_back_the_same(
    settings: SettingsFile, setting: AnySetting, value: object, read: object
) -> None:
    settings.set(setting, value)
    assert settings.get(setting) == read


def test_every_setting_takes_its_own_default() -> None:
    assert len({setting.key for setting in SETTINGS}) == len(SETTINGS)
    for setting in SETTINGS:
        assert setting.parse(Setting.plain(setting.default)) == setting.default


def test_a_policy_may_be_named_where_the_organisation_has_none(tmp_path: Path) -> None:
    assert policy_path({}) == POLICY_FILE
    managed, named = tmp_path / "policy.json", {"CONNECTION_CLIENT_POLICY": "/srv/p.json"}
    assert policy_path(named, managed) == Path("/srv/p.json")
    managed.write_text("{}")
    assert policy_path(named, managed) == managed  # nobody talks the organisation's own away
