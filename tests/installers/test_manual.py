# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The manual page and the completion know every command, because both come from the command line's own."""

import subprocess
from pathlib import Path

import pytest

from connection_client.cli.main import GROUPS
from installers import manual


def test_every_command_says_what_it_does_and_takes_json() -> None:
    known = manual.commands()
    assert len(known) >= len(GROUPS)
    assert [command.words for command in known if not command.help] == []
    groups = {command.words for command in known for other in known if other.words[:-1] == command.words}
    without = [c.words for c in known if c.words not in groups and "--json" not in c.options]
    assert without == []


def test_groff_finds_nothing_wrong_with_the_page() -> None:
    page = manual.manual("0.1.0", 1_795_000_000)
    for command in manual.commands():
        assert ".SS " + " ".join(command.words).replace("-", r"\-") in page.splitlines()
    if Path("/usr/bin/groff").exists():
        done = subprocess.run(
            ["groff", "-man", "-Tutf8", "-ww"], input=page, capture_output=True, text=True, check=True
        )
        assert done.stderr == ""


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["stat"], {"status"}),
        (["settings", "se"], {"set"}),
        (["products", "--js"], {"--json"}),
        (["--hid"], {"--hidden"}),
    ],
)
def test_bash_completes_what_is_typed(tmp_path: Path, typed: list[str], offered: set[str]) -> None:
    script = tmp_path / "completion"
    script.write_text(manual.completion(), "utf-8")
    words = " ".join(["connection-client", *typed])
    state = f"COMP_WORDS=({words}); COMP_CWORD={len(typed)}"
    asked = f'. {script}; {state}; _connection_client; echo "${{COMPREPLY[@]}}"'
    done = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == offered
