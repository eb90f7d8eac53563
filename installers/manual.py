# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The manual page, from the same declarations that the command line reads."""

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

PROGRAM = "connection-client"
WINDOW_OPTIONS = {
    "--hidden": "Start in the tray without a window.",
    "--quit": "Ask the running client to end.",
    "--version": "Print the version.",
    "--help": "List the commands.",
}
_ABOUT = """\
Without a command the window of CONNECTION Client is shown; a client that already runs comes to the front.
It signs the person in once, lists the installed applications, recommends and installs updates, and starts
applications. A package file as argument is examined, and installed if the publisher signed it."""
_EXITS = {
    "0": "Done.",
    "1": "A policy cannot be followed, or the key store could keep nothing.",
    "2": "The words were not understood.",
    "3": "Refused; a sentence on standard error says why, what was kept and what to do.",
    "4": "What doctor looked at does not work.",
    "5": "The client's own setup has begun and goes on by itself (Windows).",
    "10": "A running client ends now (--quit).",
    "130": "Interrupted.",
}


@dataclass(frozen=True)
class Command:
    """One command: its words, what it does, and its arguments with their explanations."""

    words: tuple[str, ...]
    help: str
    arguments: tuple[tuple[str, str], ...]

    @property
    def options(self) -> tuple[str, ...]:
        """The options alone, each by its long name."""
        return tuple(name.split()[0] for name, _help in self.arguments if name.startswith("--"))


def commands() -> tuple[Command, ...]:
    """Every command of the client, in the order of its help."""
    from connection_client.cli.main import parser

    return tuple(_walk(parser(), (), ""))


def manual(version: str, seconds: int) -> str:
    """The manual page in roff; `seconds` is the moment of the release since 1970."""
    date = datetime.fromtimestamp(seconds, UTC).date()
    lines = [
        f'.TH {PROGRAM.upper()} 1 {date} "CONNECTION Client {version}" "User commands"',
        ".SH NAME",
        rf"{_roff(PROGRAM)} \- companion of subscription software",
        ".SH SYNOPSIS",
        f".B {_roff(PROGRAM)}",
        '.RI " [" OPTION "] [" FILE "]"',
        ".br",
        f".B {_roff(PROGRAM)}",
        '.RI COMMAND " [" ARGUMENT "...]"',
        ".SH DESCRIPTION",
        _roff(_ABOUT),
        ".SH OPTIONS",
        *_listed(WINDOW_OPTIONS.items()),
        ".SH COMMANDS",
    ]
    for command in commands():
        lines += [".SS " + _roff(" ".join(command.words)), _roff(command.help), *_listed(command.arguments)]
    lines += [".SH EXIT STATUS", *_listed(_EXITS.items())]
    return "\n".join(lines) + "\n"


def _walk(parser: argparse.ArgumentParser, words: tuple[str, ...], said: str) -> Iterator[Command]:
    arguments = []
    below: list[tuple[str, argparse.ArgumentParser, str]] = []
    for action in parser._actions:  # noqa: SLF001  # argparse has no public way to look at them
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001  # as above
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}  # noqa: SLF001  # as above
            below = [(name, made, helps.get(name, "")) for name, made in action.choices.items()]
        elif action.help != argparse.SUPPRESS and action.dest != "help":
            names = sorted(action.option_strings, key=len, reverse=True)
            value = "" if action.nargs == 0 else str(action.metavar or action.dest).upper()
            name = f"{names[0]} {value}".strip() if names else value
            arguments.append((name, action.help or ""))
    if words:
        yield Command(words, said or parser.description or "", tuple(arguments))
    for name, made, text in below:
        yield from _walk(made, (*words, name), text)


def _listed(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, text in pairs:
        yield from (".TP", f".B {_roff(name)}", _roff(text or name))


def _roff(text: str) -> str:
    plain = text.replace("\\", r"\e").replace("-", r"\-")
    return "\n".join(r"\&" + line if line.startswith((".", "'")) else line for line in plain.splitlines())
