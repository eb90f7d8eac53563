# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Commands about offered updates: not this version, not now, not this application, and back again.

They hold for what the client offers by itself and for `update --unattended`; who asks with `updates` or
`update` sees and gets everything all the same.
"""

import argparse
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from connection_client.cli.output import Run, add_command, show
from connection_client.cli.products import look, named
from connection_client.domain.catalogue import Severity
from connection_client.domain.errors import ChoiceNotTaken
from connection_client.domain.language import N_, _
from connection_client.domain.recommendations import Recommendation
from connection_client.updates.choices import Choices
from connection_client.workspace.rooms import Rooms
from connection_client.workspace.view import Row

if TYPE_CHECKING:
    from connection_client.cli.output import Commands

_DAYS, _MOST_DAYS = 1, 365


def register(commands: "Commands") -> None:
    """Add the commands of this group."""
    _add(commands, "skip", _("Do not offer this version of an application again."), run_skip)
    remind = _add(commands, "remind", _("Offer an update again in some days."), run_remind)
    remind.add_argument(
        "--days", type=_days, default=_DAYS, metavar="DAYS", help=_("so many days later; without it one")
    )
    _add(commands, "ignore", _("Never offer updates of an application."), run_ignore)
    text = _("List what was skipped, put off or left alone.")
    add_command(commands, "choices", text, run_choices)


def run_skip(rooms: Rooms, options: argparse.Namespace) -> int:
    """What is critical can be put off, but not left out; `--undo` offers every skipped version again."""
    row = named(look(rooms, offline=False), options.product)
    if options.undo:
        rooms.workspace.offer_again(row.product_id)
        return _tell(rooms, options, row, _("Every version of {name} is offered again."))
    offer = _offered(row)
    if offer.severity is Severity.CRITICAL:
        reason = N_("An important update can be put off, but not left out")
        raise ChoiceNotTaken(name=row.name, reason=reason)
    rooms.workspace.skip(row.product_id)
    version = offer.release.version_text
    return _tell(rooms, options, row, _("{name} {version} is not offered again."), version=version)


def run_remind(rooms: Rooms, options: argparse.Namespace) -> int:
    """Until then the client says nothing about it."""
    row = named(look(rooms, offline=False), options.product)
    if options.undo:
        rooms.workspace.remind(row.product_id, None)
        return _tell(rooms, options, row, _("Updates of {name} are not put off."))
    _offered(row)
    at = datetime.now(UTC) + timedelta(days=options.days)
    rooms.workspace.remind(row.product_id, at)
    day = f"{at.astimezone():%Y-%m-%d %H:%M}"
    return _tell(rooms, options, row, _("{name} is offered again on {day}."), day=day)


def run_ignore(rooms: Rooms, options: argparse.Namespace) -> int:
    """Leave the application alone, or look after it again."""
    row = named(look(rooms, offline=False), options.product)
    rooms.workspace.ignore(row.product_id, ignored=not options.undo)
    back = _("Updates of {name} are offered again.")
    return _tell(rooms, options, row, back if options.undo else _("Updates of {name} are never offered."))


def run_choices(rooms: Rooms, options: argparse.Namespace) -> int:
    """Each with the command that takes it back."""
    choices = rooms.workspace.choices()
    ids = sorted({one for one, _version in choices.skipped} | _waiting(choices) | choices.ignored)
    lines = [line for product_id in ids for line in _lines(choices, product_id)]
    value = {product_id: _as_json(choices, product_id) for product_id in ids}
    show(options, value, lines or [_("Nothing was skipped, put off or left alone.")])
    return 0


def _add(commands: "Commands", name: str, text: str, run: Run) -> argparse.ArgumentParser:
    command = add_command(commands, name, text, run)
    command.add_argument("product", help=_("an id that products shows"))
    command.add_argument("--undo", action="store_true", help=_("take it back"))
    return command


def _days(text: str) -> int:
    days = int(text)
    if not 1 <= days <= _MOST_DAYS:
        raise ValueError(text)
    return days


def _offered(row: Row) -> Recommendation:
    if row.installed is None or row.recommendation is None:
        raise ChoiceNotTaken(name=row.name, reason=N_("No update is offered"))
    return row.recommendation


def _tell(rooms: Rooms, options: argparse.Namespace, row: Row, text: str, **facts: str) -> int:
    value = {"id": row.product_id, **_as_json(rooms.workspace.choices(), row.product_id)}
    show(options, value, [text.format(name=row.name, **facts)])
    return 0


def _waiting(choices: Choices) -> frozenset[str]:
    now = datetime.now(UTC)
    return frozenset(product_id for product_id, at in choices.remind_at if now < at)


def _as_json(choices: Choices, product_id: str) -> dict[str, object]:
    waits = product_id in _waiting(choices)
    at = dict(choices.remind_at)[product_id].isoformat() if waits else None
    skipped = sorted(version for one, version in choices.skipped if one == product_id)
    return {"skipped": skipped, "remind_at": at, "ignored": product_id in choices.ignored}


def _lines(choices: Choices, product_id: str) -> list[str]:
    said = _as_json(choices, product_id)
    lines = [
        _("{product}  {version} is skipped  (skip --undo)").format(product=product_id, version=version)
        for one, version in sorted(choices.skipped)
        if one == product_id
    ]
    if said["remind_at"] is not None:
        day = f"{dict(choices.remind_at)[product_id].astimezone():%Y-%m-%d %H:%M}"
        text = _("{product}  put off until {day}  (remind --undo)")
        lines.append(text.format(product=product_id, day=day))
    if said["ignored"]:
        lines.append(_("{product}  left alone  (ignore --undo)").format(product=product_id))
    return lines
