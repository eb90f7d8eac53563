# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The command about programs that act for the person: what was agreed to, and how to take it back."""

import argparse
from typing import TYPE_CHECKING

from connection_client.cli.output import add_command, show
from connection_client.domain.consents import Consent
from connection_client.domain.errors import NotListed, NotSignedIn
from connection_client.domain.language import _
from connection_client.workspace.rooms import Rooms

if TYPE_CHECKING:
    from connection_client.cli.output import Commands


def register(commands: "Commands") -> None:
    """Add the command."""
    text = _("List the programs that may act for you, or let one do so no longer.")
    command = add_command(commands, "consents", text, run_consents)
    command.add_argument(
        "--withdraw", metavar="APPLICATION", default="", help=_("no longer for this application of the list")
    )
    command.add_argument(
        "--program", metavar="FILE", default="", help=_("withdraw it from this program alone")
    )


def run_consents(rooms: Rooms, options: argparse.Namespace) -> int:
    """Newest first; a withdrawn one holds no longer at once, also for a client that runs."""
    if rooms.session.restore().account is None:
        raise NotSignedIn
    consents = rooms.applications.consents()
    if options.withdraw:
        chosen = [one for one in consents if _is_meant(one, options)]
        if not chosen:
            raise NotListed(name=options.program or options.withdraw, command="consents")
        for consent in chosen:
            rooms.applications.withdraw(consent)
        consents = rooms.applications.consents()
    lines = [_line(consent) for consent in consents]
    show(options, [_as_json(one) for one in consents], lines or [_("No program may act for you.")])
    return 0


def _is_meant(consent: Consent, options: argparse.Namespace) -> bool:
    return consent.audience == options.withdraw and options.program in ("", consent.program)


def _line(consent: Consent) -> str:
    day = f"{consent.agreed_at.astimezone():%Y-%m-%d %H:%M}"
    text = _("{application}  {name}: {program}, since {day}")
    facts = {"application": consent.audience, "name": consent.name, "program": consent.program}
    return text.format(day=day, **facts)


def _as_json(consent: Consent) -> dict[str, object]:
    return {
        "application": consent.audience,
        "name": consent.name,
        "program": consent.program,
        "agreed_at": consent.agreed_at.isoformat(),
    }
