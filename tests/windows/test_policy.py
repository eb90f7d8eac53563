# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What Group Policy writes into the registry holds, and what it writes wrongly is named."""

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from connection_client.domain.setting import Source
from connection_client.domain.settings import AUTOSTART, CENTER_URL, SETTINGS, THEME
from connection_client.domain.update_settings import CHECK_HOURS
from connection_client.storage.managed_policies import REGISTRY_KEY
from connection_client.storage.settings import SettingsFile
from installers.policy_admx import NAMESPACE, admx
from tests.windows.world import FOR_ALL, FOR_ONE, key

assert sys.platform == "win32"  # tells the type checker so, too


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SettingsFile:
    monkeypatch.delenv("CONNECTION_CLIENT_POLICY", raising=False)
    return SettingsFile(tmp_path)


def test_the_computer_s_policy_counts_before_the_person_s(settings: SettingsFile) -> None:
    settings.set(CHECK_HOURS, 8)
    assert settings.get(CHECK_HOURS) == 8
    with (
        key(FOR_ONE, REGISTRY_KEY, check_hours=12, theme="dark"),
        key(FOR_ALL, REGISTRY_KEY, check_hours=24, center_url="https://center.example", autostart=0),
    ):
        assert settings.get(CHECK_HOURS) == 24
        assert settings.source(CHECK_HOURS) is Source.POLICY
        assert settings.get(THEME) == "dark"
        assert settings.get(CENTER_URL) == "https://center.example"
        assert settings.get(AUTOSTART) is False
        assert settings.policy().problems == ()
    assert settings.get(CHECK_HOURS) == 8
    assert settings.policy().keys == ()


def test_what_cannot_be_followed_is_named(settings: SettingsFile) -> None:
    with key(FOR_ALL, REGISTRY_KEY, check_hours=0, autostart=7, Nonsense="x", theme="light"):
        codes = sorted(problem.code for problem in settings.policy().problems)
        assert codes == ["setting-not-accepted", "setting-not-accepted", "setting-not-known"]
        assert settings.get(CHECK_HOURS) == CHECK_HOURS.default
        assert settings.get(AUTOSTART) is True
        assert settings.get(THEME) == "light"


def test_whatever_the_template_can_write_is_understood(settings: SettingsFile) -> None:
    values: dict[str, str | int] = {}
    for policy in ET.fromstring(admx(SETTINGS)).iter(f"{{{NAMESPACE}}}policy"):  # noqa: S314  # our own
        for element in policy.iter():
            name = element.attrib.get("valueName", "")
            kind = element.tag.rpartition("}")[2]
            if kind == "policy" and name:
                values[name] = 1
            elif kind == "decimal" and name:
                values[name] = int(element.attrib["maxValue"])
            elif kind == "enum":
                values[name] = next(element.iter(f"{{{NAMESPACE}}}string")).text or ""
            elif kind == "text":
                values[name] = ""
    assert set(values) == {setting.policy_key for setting in SETTINGS}
    with key(FOR_ALL, REGISTRY_KEY, **values):
        assert settings.policy().problems == ()
        assert all(settings.locked(setting) for setting in SETTINGS)
