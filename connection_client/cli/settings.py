# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Commands about settings: show, get, set; each value with where it came from."""

import argparse
from typing import TYPE_CHECKING

from connection_client.cli.output import add_command, show
from connection_client.domain.language import N_, _, translate
from connection_client.domain.setting import Setting, Source
from connection_client.domain.settings import SETTINGS, AnySetting
from connection_client.domain.settings_errors import SettingNotKnown
from connection_client.workspace.rooms import Rooms

if TYPE_CHECKING:
    from connection_client.cli.output import Commands

SOURCES = {
    Source.DEFAULT: N_("standard"),
    Source.PERSON: N_("set by you"),
    Source.POLICY: N_("managed by your organisation"),
}


def register(commands: "Commands") -> None:
    """Add the commands of this group."""
    text = _("Show or change settings.")
    group = commands.add_parser("settings", help=text, description=text, allow_abbrev=False)
    actions = group.add_subparsers(required=True, metavar=_("ACTION"))
    add_command(actions, "show", _("Show every setting and where its value came from."), run_show)
    get = add_command(actions, "get", _("Show one setting."), run_get)
    get.add_argument("key")
    put = add_command(actions, "set", _("Change one setting."), run_set)
    put.add_argument("key")
    put.add_argument("value")


def run_show(rooms: Rooms, options: argparse.Namespace) -> int:
    """All settings, one a line."""
    lines = []
    for setting in SETTINGS:
        shown = _shown(rooms, setting)
        lines.append(f"{setting.key} = {shown}  ({translate(SOURCES[rooms.settings.source(setting)])})")
        lines.append(f"    {translate(setting.help)}")
    show(options, {setting.key: _as_json(rooms, setting) for setting in SETTINGS}, lines)
    return 0


def run_get(rooms: Rooms, options: argparse.Namespace) -> int:
    """One value alone, so that scripts can use it."""
    setting = _named(options.key)
    show(options, _as_json(rooms, setting), [_shown(rooms, setting)])
    return 0


def run_set(rooms: Rooms, options: argparse.Namespace) -> int:
    """Change one value."""
    setting = _named(options.key)
    rooms.settings.set(setting, options.value)
    show(options, _as_json(rooms, setting), [f"{setting.key} = {_shown(rooms, setting)}"])
    return 0


def _named(key: str) -> AnySetting:
    for setting in SETTINGS:
        if setting.key == key:
            return setting
    raise SettingNotKnown(key=key, known=[setting.key for setting in SETTINGS])


def _shown(rooms: Rooms, setting: AnySetting) -> str:
    plain = Setting.plain(rooms.settings.get(setting))
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    return "" if plain is None else str(plain)


def _as_json(rooms: Rooms, setting: AnySetting) -> dict[str, object]:
    source = rooms.settings.source(setting)
    return {
        "value": Setting.plain(rooms.settings.get(setting)),
        "source": source.value,
        "locked": rooms.settings.locked(setting),
    }
