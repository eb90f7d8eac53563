# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Every form of the policies says the same as the declaration of the settings."""

import json
import plistlib
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator, ValidationError

from connection_client.domain.language import LANGUAGES
from connection_client.domain.setting import Setting
from connection_client.domain.settings import PROXY, SETTINGS, THEME
from connection_client.domain.update_settings import CHECK_HOURS
from connection_client.storage.managed_policies import (
    PREFERENCES_DOMAIN,
    REGISTRY_KEY,
    ManagedPreferences,
)
from connection_client.storage.settings import SettingsFile
from connection_client.version import VERSION
from installers import policy, translations
from installers.build import main
from installers.policy_admx import NAMESPACE

KEYS = {setting.policy_key for setting in SETTINGS}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("policies")
    assert all(path.stat().st_size for path in policy.build(out))
    return out


def test_a_release_takes_every_form_in_one_archive(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = {str(path.relative_to(built)): path.read_bytes() for path in built.rglob("*") if path.is_file()}
    # As it is typed for a release: the folder is where the command runs.
    monkeypatch.chdir(tmp_path)
    contents: list[bytes] = []
    for out in ("dist", "again"):
        assert main(["policy", "--out", out]) == 0
        assert not (tmp_path / "policy").exists()
        (archive,) = (tmp_path / out).iterdir()
        assert archive.name == f"connection-client-{VERSION}-policies.zip"
        with zipfile.ZipFile(archive) as packed:
            assert {name: packed.read(name) for name in packed.namelist()} == forms
        contents.append(archive.read_bytes())
    assert contents[0] == contents[1]


def parsed(path: Path) -> ET.Element:
    return ET.fromstring(path.read_bytes())  # noqa: S314  # our own


def names(root: ET.Element, tag: str, attribute: str) -> list[str]:
    return [element.attrib[attribute] for element in root.iter(f"{{{NAMESPACE}}}{tag}")]


def test_group_policy_knows_every_setting_and_writes_where_the_client_reads(built: Path) -> None:
    root = parsed(built / "windows" / "connection-client.admx")
    assert set(names(root, "policy", "name")) == KEYS
    assert set(names(root, "policy", "key")) == {REGISTRY_KEY}
    written = [element.attrib["valueName"] for element in root.iter() if "valueName" in element.attrib]
    assert sorted(written) == sorted(KEYS)


def test_every_word_that_a_template_names_is_there(built: Path) -> None:
    template = (built / "windows" / "connection-client.admx").read_text()
    words = parsed(built / "windows" / "en-US" / "connection-client.adml")
    defined = {f"$(string.{name})" for name in names(words, "string", "id")}
    defined |= {f"$(presentation.{name})" for name in names(words, "presentation", "id")}
    used = {
        part.split(")")[0] + ")" for part in template.replace("$(", "\n$(").split("\n") if part[:2] == "$("
    }
    assert used == defined
    fields = [element.attrib["refId"] for element in words.iter() if "refId" in element.attrib]
    assert sorted(fields) == sorted(names(words, "presentation", "id"))


@pytest.mark.parametrize(
    "culture", sorted(culture for names in policy.CULTURES.values() for culture in names)
)
def test_the_words_of_every_language_are_those_of_its_catalogue(built: Path, culture: str) -> None:
    english = parsed(built / "windows" / "en-US" / "connection-client.adml")
    words = parsed(built / "windows" / culture / "connection-client.adml")
    for tag, attribute in (("string", "id"), ("presentation", "id"), ("textBox", "refId")):
        assert names(words, tag, attribute) == names(english, tag, attribute)
    file = translations.FOLDER / culture.partition("-")[0] / "LC_MESSAGES" / "connection_client.po"
    catalogue = translations.load(file)
    said = {element.attrib["id"]: element.text or "" for element in words.iter(f"{{{NAMESPACE}}}string")}
    for setting in SETTINGS:
        for text, shown in ((setting.title, said[setting.key]), (setting.help, said[f"{setting.key}_help"])):
            message = catalogue.get(text)
            assert str(message.string if message is not None and message.string else text) in shown
    proxy = catalogue.get(PROXY.help)
    assert proxy is not None
    assert proxy.string != PROXY.help
    assert str(proxy.string) in said["proxy_help"]


def test_every_language_of_the_client_has_a_folder_of_windows() -> None:
    assert set(policy.CULTURES) | {"en"} == set(LANGUAGES)


def test_limits_and_choices_are_those_of_the_declaration(built: Path) -> None:
    root = parsed(built / "windows" / "connection-client.admx")
    limits = {
        element.attrib["id"]: (element.attrib["minValue"], element.attrib["maxValue"])
        for element in root.iter(f"{{{NAMESPACE}}}decimal")
        if "id" in element.attrib
    }
    assert limits[CHECK_HOURS.key] == ("1", "168")
    offered = {
        choice.attrib["id"]: [word.text for word in choice.iter(f"{{{NAMESPACE}}}string")]
        for choice in root.iter(f"{{{NAMESPACE}}}enum")
    }
    assert offered == {
        "theme": ["system", "light", "dark"],
        "update_mode": ["ask", "automatic", "managed"],
        "self_update": ["install", "notify", "off"],
        "telemetry": ["off"],
    }


def test_the_example_is_a_policy_without_a_problem(built: Path, tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path, built / "linux" / "policy.json")
    assert settings.policy().problems == ()
    assert set(settings.policy().keys) == KEYS
    assert settings.get(CHECK_HOURS) == CHECK_HOURS.default
    assert settings.locked(THEME)


def test_the_schema_takes_the_example_and_refuses_mistakes(built: Path) -> None:
    document = json.loads((built / "policy.schema.json").read_text())
    Draft202012Validator.check_schema(document)
    validator = Draft202012Validator(document)
    validator.validate(json.loads((built / "linux" / "policy.json").read_text()))
    for mistake in ({"check_hours": 0}, {"theme": "blue"}, {"autostart": "perhaps"}, {"proxyy": ""}):
        with pytest.raises(ValidationError):
            validator.validate(mistake)


def test_a_profile_for_macos_is_what_the_client_reads_there(built: Path, tmp_path: Path) -> None:
    profile = plistlib.loads((built / "macos" / "connection-client.mobileconfig").read_bytes())
    (payload,) = profile["PayloadContent"]
    # The system writes a payload down under its type.
    (tmp_path / f"{payload['PayloadType']}.plist").write_bytes(plistlib.dumps(payload))
    values = ManagedPreferences(tmp_path).values()
    assert payload["PayloadType"] == PREFERENCES_DOMAIN
    expected = {setting.policy_key: Setting.plain(setting.default) for setting in SETTINGS}
    assert values == {key: value for key, value in expected.items() if value is not None}


def test_a_profile_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / f"{PREFERENCES_DOMAIN}.plist").write_bytes(b"<plist><dict><key>")
    preferences = ManagedPreferences(tmp_path)
    assert preferences.values() == {}
    assert preferences.problem is not None


def test_the_page_names_every_setting(built: Path) -> None:
    text = (built / "settings.md").read_text()
    assert all(f"| `{key}` |" in text for key in KEYS)
