# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Commands for when something does not work: doctor and diagnostics."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from connection_client.cli.output import add_command, show
from connection_client.domain.findings import Examined, Verdict
from connection_client.domain.language import _, translate
from connection_client.workspace.diagnostics import shown
from connection_client.workspace.doctor import as_text, worst
from connection_client.workspace.rooms import Rooms

if TYPE_CHECKING:
    from connection_client.cli.output import Commands

SOMETHING_FAILED = 4


def register(commands: "Commands") -> None:
    """Add the commands of this group."""
    add_command(
        commands, "doctor", _("Look at everything this client needs, and say how to mend it."), run_doctor
    )
    bundle = add_command(
        commands,
        "diagnostics",
        _("Write a file for the support; nothing secret goes into it, and nothing is sent."),
        run_diagnostics,
    )
    bundle.add_argument("file", type=Path, help=_("the ZIP file to write; it must not exist yet"))
    bundle.add_argument("--show", action="store_true", help=_("show everything that goes into it as well"))


def run_doctor(rooms: Rooms, options: argparse.Namespace) -> int:
    """Each line as soon as it is known; 4 where something failed."""
    rooms.session.restore()

    def tell(one: Examined) -> None:
        if not options.json:
            print(as_text((one,), translate), flush=True)

    found = rooms.diagnostics.doctor.examine(tell)
    if options.json:
        show(options, {"verdict": worst(found), "checks": [_as_json(one) for one in found]}, ())
    return SOMETHING_FAILED if worst(found) is Verdict.FAIL else 0


def run_diagnostics(rooms: Rooms, options: argparse.Namespace) -> int:
    """Collect, write, and say what is in it."""
    rooms.session.restore()
    parts = rooms.diagnostics.collect()
    rooms.diagnostics.save(options.file, parts)
    if options.show:
        print(shown(parts), file=sys.stderr if options.json else sys.stdout)
    line = _("{file} is written. Look into it before you send it to the support.").format(file=options.file)
    show(options, {"file": str(options.file), "parts": [part.name for part in parts]}, [line])
    return 0


def _as_json(one: Examined) -> dict[str, str]:
    return {
        "check": one.name,
        "title": translate(one.title),
        "verdict": one.finding.verdict,
        "found": one.finding.said(translate),
        "mend": one.finding.advice(translate),
    }
