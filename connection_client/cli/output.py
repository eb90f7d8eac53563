# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""How commands speak: sentences for people, or one JSON value with `--json`."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from connection_client.domain.errors import ClientError
from connection_client.domain.language import _, translate
from connection_client.domain.texts import explain
from connection_client.workspace.rooms import Rooms

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  # argparse has no public name
Run = Callable[[Rooms, argparse.Namespace], int]


def add_command(commands: "Commands", name: str, text: str, run: Run) -> argparse.ArgumentParser:
    """A command with its help text and `--json`."""
    command = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
    command.add_argument("--json", action="store_true", help=_("write JSON"))
    command.set_defaults(run=run)
    return command


def show(options: argparse.Namespace, value: object, lines: Iterable[str]) -> None:
    """Write the value with `--json`, the lines without."""
    if options.json:
        print(json.dumps(value, ensure_ascii=False, indent=2))
        return
    for line in lines:
        print(line)


def show_error(options: argparse.Namespace, error: ClientError) -> None:
    """The sentence on standard error; with `--json` also its code on standard output."""
    if getattr(options, "json", False):
        print(json.dumps({"error": problem(error)}, ensure_ascii=False, indent=2))
    print(explain(error, translate), file=sys.stderr)


def problem(error: Exception | None) -> dict[str, str] | None:
    """An error as JSON: a code for programs, a text for people."""
    if error is None:
        return None
    return {"code": getattr(error, "code", ClientError.code), "text": explain(error, translate)}
