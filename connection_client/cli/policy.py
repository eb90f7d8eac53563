# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The command `policy show`: what the organisation set here, which value holds, and where each came from."""

import argparse
from typing import TYPE_CHECKING

from connection_client.cli.output import add_command, problem, show
from connection_client.cli.settings import SOURCES
from connection_client.domain.language import _, translate
from connection_client.domain.settings import SETTINGS, AnySetting, Policy, Setting, Source
from connection_client.domain.texts import explain
from connection_client.workspace.rooms import Rooms

if TYPE_CHECKING:
    from connection_client.cli.output import Commands

NOT_FOLLOWED = 1


def register(commands: "Commands") -> None:
    """Add the commands of this group."""
    text = _("Show what your organisation has set.")
    group = commands.add_parser("policy", help=text, description=text, allow_abbrev=False)
    actions = group.add_subparsers(required=True, metavar=_("ACTION"))
    add_command(
        actions, "show", _("Show every value with its source, and what cannot be followed."), run_show
    )


def run_show(rooms: Rooms, options: argparse.Namespace) -> int:
    """Every value with its source; 1 where a part of the policy cannot be followed."""
    policy = rooms.settings.policy()
    lines = [_policy_line(policy)]
    lines += [_line(rooms, setting, policy) for setting in SETTINGS]
    lines += [explain(refused, translate) for refused in policy.problems]
    show(options, _as_json(rooms, policy), lines)
    return NOT_FOLLOWED if policy.problems else 0


def _policy_line(policy: Policy) -> str:
    if policy.keys or policy.problems:
        return _("Set by your organisation in {place}:").format(place=policy.place)
    return _("Your organisation has set nothing in {place}.").format(place=policy.place)


def _line(rooms: Rooms, setting: AnySetting, policy: Policy) -> str:
    source = rooms.settings.source(setting)
    said = translate(SOURCES[source])
    where = f", {policy.place}" if source is Source.POLICY else ""
    return f"{setting.policy_key} = {_plain(rooms, setting)}  ({said}{where})"


def _plain(rooms: Rooms, setting: AnySetting) -> str:
    plain = Setting.plain(rooms.settings.get(setting))
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    return "" if plain is None else str(plain)


def _as_json(rooms: Rooms, policy: Policy) -> dict[str, object]:
    return {
        "place": policy.place,
        "settings": {
            setting.policy_key: {
                "value": Setting.plain(rooms.settings.get(setting)),
                "source": rooms.settings.source(setting).value,
                "locked": rooms.settings.locked(setting),
            }
            for setting in SETTINGS
        },
        "problems": [problem(refused) for refused in policy.problems],
    }
