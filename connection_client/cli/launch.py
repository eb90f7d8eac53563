# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The command that starts an application: launch."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from connection_client.cli.output import add_command, show
from connection_client.domain.language import _
from connection_client.workspace.rooms import Rooms

if TYPE_CHECKING:
    from connection_client.cli.output import Commands


def register(commands: "Commands") -> None:
    """Add the commands of this group."""
    command = add_command(commands, "launch", _("Start an application."), run_launch)
    command.add_argument("product", help=_("an id that products shows"))
    command.add_argument(
        "--use", metavar="VERSION", default="", help=_("this version; else the one used last")
    )
    command.add_argument("files", nargs="*", type=Path, metavar="FILE", help=_("files that it shall open"))


def run_launch(rooms: Rooms, options: argparse.Namespace) -> int:
    """Start it detached; a refusal is said with its reason and whom to ask."""
    rooms.session.restore()
    rooms.workspace.open()
    rooms.launch(options.product, tuple(options.files), options.use)
    files = [str(file) for file in options.files]
    show(options, {"started": options.product, "files": files}, [_("Started.")])
    return 0
