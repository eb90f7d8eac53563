# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The command line's entry: reads the words, loads the rooms, runs one command, says errors as sentences."""

import argparse
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper

from connection_client.cli import (
    accounts,
    care,
    choices,
    consents,
    examination,
    identity,
    launch,
    messages,
    network,
    password,
    policy,
    products,
    settings,
    support,
)
from connection_client.cli.output import show_error
from connection_client.domain.errors import ClientError
from connection_client.domain.language import N_, _
from connection_client.version import VERSION
from connection_client.workspace.rooms import Rooms

REFUSED = 3
INTERRUPTED = 130
# Each offers `register(subparsers)` and gives its commands `set_defaults(run=...)`,
# where `run(rooms, options)` returns the exit status.
GROUPS = (
    *(identity, password, accounts, messages, consents),
    *(products, choices, care, launch),
    *(network, settings, policy, examination, support),
)


def main(arguments: Sequence[str], rooms_loader: Callable[[], Rooms]) -> int:
    """Run one command; 0: done, 2: words not understood, 3: refused with a sentence, 130: interrupted."""
    _write_everything()
    options = parser().parse_args(arguments)
    try:
        rooms = rooms_loader()
        try:
            status: int = options.run(rooms, options)
        finally:
            rooms.close()
    except ClientError as error:
        show_error(options, error)
        return REFUSED
    except KeyboardInterrupt:
        print(_("Interrupted. Nothing is lost."), file=sys.stderr)
        return INTERRUPTED
    else:
        return status


def _write_everything() -> None:
    """Windows' code pages lack what names and texts may hold: into files and pipes goes UTF-8."""
    if sys.platform == "win32":
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper) and not stream.isatty():
                stream.reconfigure(encoding="utf-8")


def parser() -> argparse.ArgumentParser:
    """The grammar of all commands; every command takes `--json`."""
    whole = argparse.ArgumentParser(
        prog="connection-client",
        description=_(N_("Without a command, the window opens.")),
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"CONNECTION Client {VERSION}")
    commands = whole.add_subparsers(required=True, metavar=_("COMMAND"))
    for group in GROUPS:
        group.register(commands)
    return whole
