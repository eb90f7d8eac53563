# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What administrators need to set policies, all made from the one declaration in domain/settings.py.

Group Policy (ADMX, and ADML in every language of the client), a macOS configuration profile, an example and
a JSON Schema for /etc/connection-client/policy.json, and the table of all settings as a page.
"""

import json
import plistlib
import uuid
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from connection_client.domain.setting import Choice, Number, Setting
from connection_client.domain.settings import SETTINGS, AnySetting
from connection_client.storage.managed_policies import PREFERENCES_DOMAIN
from installers import translations
from installers.policy_admx import adml, admx

NAME = "connection-client"
# The folders in which Windows looks for the words of templates, by the client's languages.
CULTURES: Mapping[str, tuple[str, ...]] = {
    "ar": ("ar-SA",),
    "cs": ("cs-CZ",),
    "de": ("de-DE",),
    "es": ("es-ES",),
    "fr": ("fr-FR",),
    "it": ("it-IT",),
    "ja": ("ja-JP",),
    "pl": ("pl-PL",),
    "pt": ("pt-BR", "pt-PT"),
}


def build(out: Path) -> tuple[Path, ...]:
    """Write every form below `out`."""
    files: Mapping[str, str | bytes] = {
        f"windows/{NAME}.admx": admx(SETTINGS),
        f"windows/en-US/{NAME}.adml": adml(SETTINGS),
        f"macos/{NAME}.mobileconfig": configuration_profile(SETTINGS),
        "linux/policy.json": example(SETTINGS),
        **dict(_translated(SETTINGS)),
        "policy.schema.json": schema(SETTINGS),
        "settings.md": page(SETTINGS),
    }
    written = []
    for name, content in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        written.append(path)
    return tuple(written)


def pack(folder: Path, files: Iterable[Path], archive: Path, seconds: int) -> None:
    """Write `files` of `folder` into one archive; the same content gives the same bytes.

    `seconds` since 1970 is the time that the archive says of each file.
    """
    moment = datetime.fromtimestamp(seconds, UTC)
    archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, path.read_bytes())


def _translated(settings: tuple[AnySetting, ...]) -> Iterator[tuple[str, bytes]]:
    for file in translations.language_files():
        words = adml(settings, _translation(file))
        for culture in CULTURES[file.parents[1].name]:
            yield f"windows/{culture}/{NAME}.adml", words


def _translation(file: Path) -> Callable[[str], str]:
    """What looks a text up in a catalogue; one that is not translated yet stays English."""
    catalogue = translations.load(file)

    def translate(text: str) -> str:
        message = catalogue.get(text)
        return str(message.string) if message is not None and message.string and not message.fuzzy else text

    return translate


def example(settings: tuple[AnySetting, ...]) -> str:
    """A policy that sets everything to its default: administrators keep the lines that they want."""
    values = {setting.policy_key: Setting.plain(setting.default) for setting in settings}
    return json.dumps(values, indent=2) + "\n"


def schema(settings: tuple[AnySetting, ...]) -> str:
    """JSON Schema of a policy: an editor or a pipeline finds mistakes before a computer does."""
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Policy of CONNECTION Client",
        "type": "object",
        "additionalProperties": False,
        "properties": {setting.policy_key: _property(setting) for setting in settings},
    }
    return json.dumps(document, indent=2) + "\n"


def _property(setting: AnySetting) -> dict[str, object]:
    described: dict[str, object] = {
        "title": setting.title,
        "description": setting.help,
        "default": Setting.plain(setting.default),
    }
    match setting.read:
        case Number(lowest, highest):
            return {"type": "integer", "minimum": lowest, "maximum": highest} | described
        case Choice(words):
            return {"enum": list(words)} | described
        case _ if isinstance(setting.default, bool):
            return {"type": "boolean"} | described
        case _ if setting.default is None:
            return {"type": ["string", "null"]} | described
        case _:
            return {"type": "string"} | described


def configuration_profile(settings: tuple[AnySetting, ...]) -> bytes:
    """A profile for macOS with every setting at its default; identifiers are the same in every build."""
    values = {setting.policy_key: Setting.plain(setting.default) for setting in settings}
    payload = {
        "PayloadType": PREFERENCES_DOMAIN,
        "PayloadIdentifier": f"{PREFERENCES_DOMAIN}.settings",
        "PayloadUUID": _identifier("settings"),
        "PayloadVersion": 1,
        **{key: value for key, value in values.items() if value is not None},
    }
    profile = {
        "PayloadType": "Configuration",
        "PayloadIdentifier": PREFERENCES_DOMAIN,
        "PayloadUUID": _identifier("profile"),
        "PayloadVersion": 1,
        "PayloadDisplayName": "CONNECTION Client",
        "PayloadScope": "System",
        "PayloadContent": [payload],
    }
    return plistlib.dumps(profile)


def _identifier(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{name}.{PREFERENCES_DOMAIN}")).upper()


def page(settings: tuple[AnySetting, ...]) -> str:
    """The table of all settings in Markdown."""
    lines = [
        "# Settings and policies",
        "",
        "| key | default | allowed | what it does |",
        "| --- | --- | --- | --- |",
    ]
    for setting in settings:
        plain = json.dumps(Setting.plain(setting.default))
        lines.append(f"| `{setting.policy_key}` | `{plain}` | {setting.allowed} | {setting.help} |")
    return "\n".join([*lines, ""])
