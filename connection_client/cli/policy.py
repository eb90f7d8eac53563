# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The command `policy show`: what the organisation set here, which value holds, and where each came from."""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from connection_client.cli.output import add_command, problem, show
from connection_client.cli.settings import SOURCES
from connection_client.domain.errors import ClientError, PolicyNotGenuine
from connection_client.domain.language import _, translate
from connection_client.domain.setting import Policy, Setting, Source
from connection_client.domain.settings import SETTINGS, AnySetting
from connection_client.domain.texts import explain
from connection_client.updates.policy import Decided, Rule
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
    decided, refused = _decided(rooms)
    problems = (*policy.problems, *refused)
    lines += _update_lines(decided)
    lines += [explain(problem, translate) for problem in problems]
    show(options, _as_json(rooms, policy, problems) | {"updates": _decided_as_json(decided)}, lines)
    return NOT_FOLLOWED if problems else 0


def _decided(rooms: Rooms) -> tuple[Decided | None, tuple[ClientError, ...]]:
    """What the organisation decided in CONNECT Center; one that is not genuine is a problem, not a policy."""
    try:
        return rooms.update_policy.decided(), ()
    except PolicyNotGenuine as error:
        return None, (error,)


def _update_lines(decided: Decided | None) -> list[str]:
    if decided is None or not decided.organisation:
        return []
    text = _("Updates, as {organisation} decided them in CONNECT Center, signed on {date}:")
    lines = [text.format(organisation=decided.organisation, date=f"{decided.since:%Y-%m-%d}")]
    lines += [_rule_line(rule) for rule in decided.rules]
    if decided.until < datetime.now(UTC):
        lines.append(_("It is old. It holds until CONNECT Center can be asked again."))
    return lines


def _rule_line(rule: Rule) -> str:
    said = [
        *([_("on hold")] if rule.on_hold else []),
        *([_("from day {number} on").format(number=rule.minimum_age_days)] if rule.minimum_age_days else []),
        *(
            [
                _("between {begins} and {ends}").format(
                    begins=f"{rule.window.begins:%H:%M}", ends=f"{rule.window.ends:%H:%M}"
                )
            ]
            if rule.window
            else []
        ),
        *([_("due after {number} days").format(number=rule.deadline_days)] if rule.deadline_days else []),
    ]
    return f"{rule.product_id or '*'}: {', '.join(said) or _('at once')}"


def _decided_as_json(decided: Decided | None) -> dict[str, object] | None:
    if decided is None:
        return None
    return {
        "organisation": decided.organisation,
        "since": decided.since.isoformat(),
        "until": decided.until.isoformat(),
        "rules": [
            {"product": rule.product_id or "*", "on_hold": rule.on_hold, "deadline_days": rule.deadline_days}
            | {"minimum_age_days": rule.minimum_age_days, "rings": dict(rule.ring_days)}
            for rule in decided.rules
        ],
    }


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


def _as_json(rooms: Rooms, policy: Policy, problems: Sequence[ClientError]) -> dict[str, object]:
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
        "problems": [problem(refused) for refused in problems],
    }
