# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The manual page and the completion know every command, because both come from the command line's own."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from connection_client.cli.main import GROUPS
from installers import completion, manual


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


TYPED = [
    (["stat"], {"status"}),
    (["settings", "se"], {"set"}),
    (["products", "--js"], {"--json"}),
    (["--hid"], {"--hidden"}),
    (["doct"], {"doctor"}),
]


@pytest.mark.parametrize(("typed", "offered"), TYPED)
def test_bash_completes_what_is_typed(tmp_path: Path, typed: list[str], offered: set[str]) -> None:
    script = tmp_path / "completion"
    script.write_text(completion.bash(), "utf-8")
    words = " ".join(["connection-client", *typed])
    state = f"COMP_WORDS=({words}); COMP_CWORD={len(typed)}"
    asked = f'. {script}; {state}; _connection_client; echo "${{COMPREPLY[@]}}"'
    done = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == offered


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not installed")
@pytest.mark.parametrize(("typed", "offered"), TYPED)
def test_zsh_offers_what_is_typed_with_its_help(tmp_path: Path, typed: list[str], offered: set[str]) -> None:
    script = tmp_path / "_connection-client"
    script.write_text(completion.zsh(), "utf-8")
    # zsh narrows the offer by what is typed so far; here that is done below.
    state = f"words=(connection-client {' '.join(typed)}); CURRENT={len(typed) + 1}"
    asked = f"_describe() {{ print -l -- $reply }}; source {script}; {state}; _connection_client"
    done = subprocess.run(["zsh", "-f", "-c", asked], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    words = {line.partition(":")[0]: line.partition(":")[2] for line in done.stdout.splitlines()}
    assert {word for word in words if word.startswith(typed[-1])} == offered
    assert all(words[word] for word in offered)


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")
@pytest.mark.parametrize(("typed", "offered"), TYPED)
def test_fish_completes_what_is_typed_with_its_help(
    tmp_path: Path, typed: list[str], offered: set[str]
) -> None:
    script = tmp_path / "connection-client.fish"
    script.write_text(completion.fish(), "utf-8")
    asked = f"source {script}; complete -C 'connection-client {' '.join(typed)}'"
    environment = {**os.environ, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["fish", "--no-config", "-c", asked], capture_output=True, text=True, check=True, env=environment
    )
    said = dict(line.partition("\t")[::2] for line in done.stdout.splitlines())
    assert set(said) == offered
    assert all(said.values())
