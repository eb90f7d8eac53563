# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Commands for what did not go as expected: why, go-back, send-to-it."""

import argparse
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from connection_client.cli.output import add_command, show
from connection_client.cli.products import Teller, look, named
from connection_client.domain.errors import FolderNotWritable, NetworkError
from connection_client.domain.language import _
from connection_client.domain.settings import CENTER_URL
from connection_client.workspace.rooms import Rooms

if TYPE_CHECKING:
    from connection_client.cli.output import Commands


def register(commands: "Commands") -> None:
    """Add the commands of this group."""
    why = add_command(
        commands,
        "why",
        _("Show why an application counts as installed, and where to say it is wrong."),
        run_why,
    )
    back = add_command(commands, "go-back", _("Install the version that was there before."), run_go_back)
    letter = add_command(
        commands,
        "send-to-it",
        _("Write a file with everything IT needs to install it for you."),
        run_send_to_it,
    )
    for command in (why, back, letter):
        command.add_argument("product", help=_("an id that products shows"))
    letter.add_argument("file", type=Path, help=_("the file to write; it must not exist yet"))


def run_why(rooms: Rooms, options: argparse.Namespace) -> int:
    """The evidence of every installed version, and a service request with both filled in."""
    view = look(rooms, offline=False)
    row = named(view, options.product)
    found = [one.installed for one in view.rows if one.product_id == row.product_id and one.installed]
    version = found[-1].version_text if found else ""
    try:
        address = rooms.help.service_request(row.product_id, version)
    except NetworkError:
        address = ""
    evidence = [
        {"version": one.version_text, "source": each.source, "where": each.where, "says": each.version_text}
        for one in found
        for each in one.evidence
    ]
    lines = [f"{each['version']}  {each['source']}  {each['where']}  {each['says']}" for each in evidence]
    lines = lines or [_("{name} is not installed, as far as this client can see.").format(name=row.name)]
    if address:
        lines.append(_("If this is wrong, tell it here: {address}").format(address=address))
    show(options, {"id": row.product_id, "evidence": evidence, "report": address or None}, lines)
    return 0


def run_go_back(rooms: Rooms, options: argparse.Namespace) -> int:
    """Install the package that was kept; the version that is left is not offered again."""
    row = named(look(rooms, offline=False), options.product)
    report = rooms.workspace.go_back(row.product_id, Teller(row.name), threading.Event())
    line = _("{name} {version} is installed.").format(name=report.name, version=report.after)
    show(options, {"id": report.product_id, "before": report.before, "after": report.after}, [line])
    return 0


def run_send_to_it(rooms: Rooms, options: argparse.Namespace) -> int:
    """Write the text; nothing is sent by itself."""
    row = named(look(rooms, offline=False), options.product)
    text = rooms.workspace.letter_for_it(row.product_id, str(rooms.settings.get(CENTER_URL)))
    try:
        with options.file.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise FolderNotWritable(path=str(options.file), reason=error.strerror or "") from error
    line = _("{file} is written. Send it to your IT department.").format(file=options.file)
    show(options, {"file": str(options.file)}, [line])
    return 0
