# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""docs/command-line.md and the manual page tell every command, argument, option and exit status."""

import re
from pathlib import Path

import pytest

from installers import manual

PAGE = (Path(__file__).parents[2] / "docs/command-line.md").read_text("utf-8")
ROWS = [line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| ")]
FORMS = [form for row in ROWS for form in re.findall(r"`([^`]+)`", row)]
INSIDE = {"11"}  # an exit status that no person and no script meets
COMMANDS = [
    command
    for command in manual.commands()
    if not any(other.words[:-1] == command.words for other in manual.commands())  # such as settings
]


def documented(command: manual.Command) -> str:
    """All forms of a command in the page's tables, as one text."""
    words = list(command.words)
    return "\n".join(form for form in FORMS if form.split()[: len(words)] == words)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: "-".join(command.words))
def test_the_page_tells_the_command_with_all_that_it_takes(command: manual.Command) -> None:
    told = documented(command)
    assert told, f"docs/command-line.md has no row for {' '.join(command.words)}"
    said = set(re.findall(r"[\w-]+", told))
    for name, _help in command.arguments:
        if name != "--json":
            assert name.split()[0] in said, f"no row for {' '.join(command.words)} tells {name}: {told}"


def test_the_page_tells_nothing_that_is_not_there() -> None:
    known = {command.words for command in COMMANDS}
    options = {option for command in COMMANDS for option in command.options} | set(manual.WINDOW_OPTIONS)
    for form in FORMS:
        words = tuple(form.split())
        if words[0].startswith("-"):
            assert words[0] in options
            continue
        if re.fullmatch(r"[a-z-]+", words[0]):
            assert words[:1] in known or words[:2] in known, f"{form} is no command"
        assert set(re.findall(r"--[\w-]+", form)) <= options, f"{form} names an option that is none"


def test_the_page_and_the_manual_tell_the_same_exit_statuses() -> None:
    told = {row.strip() for row in ROWS if row.strip().isdigit()}
    man = manual.manual("1.0.0", 1_795_000_000)
    listed = man[man.index(".SH EXIT STATUS") :]
    assert told - INSIDE == set(re.findall(r"^\.B (\d+)$", listed, re.MULTILINE))
