# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the package for a Mac does before and after an upgrade, told by its own scripts."""

import shutil
import subprocess
from pathlib import Path

import pytest

from installers import macos_files
from tests.installers.test_macos import PROGRAM
from tests.world.waiting import wait_until


class Mac:
    """The scripts of the package on a computer whose programs only note what they are asked."""

    def __init__(self, folder: Path, person: int) -> None:
        self.folder, self.said = folder, folder / "said"
        self.app = folder / "Client"
        self.said.touch()
        self.put("stat", f"echo {person}")
        # launchctl asuser UID sudo -u '#UID' PROGRAM WORDS: what is run at the end
        self.put("launchctl", f'echo "launchctl $1 $2 $3 $4 $5" >>{self.said}; shift 5; "$@"')

    def put(self, name: str, body: str) -> None:
        program = self.folder / name
        program.write_text(f"#!/bin/sh\n{body}\n")
        program.chmod(0o755)

    def client(self, *codes: int) -> None:
        """A client that ends with these codes, one for each call, and the last of them ever after."""
        counting = f"echo x >>{self.folder}/calls; n=$(wc -l <{self.folder}/calls)"
        cases = " ".join(f"{number}) exit {code} ;;" for number, code in enumerate(codes, 1))
        ending = f"case $n in {cases} *) exit {codes[-1]} ;; esac"
        self.put("Client", f'echo "client $*" >>{self.said}; {counting}; {ending}')

    def run(self, script: str) -> list[str]:
        text = script.replace(PROGRAM, str(self.app)).replace("    sleep 1\n", "")
        (self.folder / "script").write_text(text)
        variables = {"PATH": f"{self.folder}:/usr/bin:/bin"}
        done = subprocess.run(["sh", self.folder / "script"], env=variables, check=False, timeout=30)
        assert done.returncode == 0
        return [line for line in self.said.read_text().splitlines() if line.startswith("client")]


def test_before_an_upgrade_the_client_is_asked_to_end_until_it_has(tmp_path: Path) -> None:
    mac = Mac(tmp_path, 501)
    mac.client(10, 10, 10, 0)
    assert mac.run(macos_files.before()) == ["client --quit --will-return", *["client --quit"] * 3]
    assert "launchctl asuser 501 sudo -u #501" in mac.said.read_text()


def test_a_client_that_does_not_end_does_not_hold_the_package_up(tmp_path: Path) -> None:
    mac = Mac(tmp_path, 501)
    mac.client(10)
    assert len(mac.run(macos_files.before())) == 21


def test_nothing_is_asked_where_nothing_is_installed_or_nobody_is_there(tmp_path: Path) -> None:
    mac = Mac(tmp_path, 501)
    assert mac.run(macos_files.before()) == []
    mac = Mac(tmp_path, 0)
    mac.client(0)
    assert mac.run(macos_files.before()) == []
    assert mac.run(macos_files.after()) == []


def test_after_an_upgrade_the_client_decides_whether_it_comes_back(tmp_path: Path) -> None:
    mac = Mac(tmp_path, 501)
    mac.client(0)
    mac.run(macos_files.after())  # it does not wait for the client that it starts
    wait_until(
        lambda: "client --hidden --returning" in mac.said.read_text().splitlines(), 10, "nothing was started"
    )


@pytest.mark.parametrize("script", [macos_files.before(), macos_files.after(), macos_files.remove()])
def test_the_scripts_are_clean(script: str, tmp_path: Path) -> None:
    (tmp_path / "script.sh").write_text(script)
    subprocess.run(["sh", "-n", tmp_path / "script.sh"], check=True)
    if shutil.which("shellcheck") is None:
        pytest.skip("shellcheck is not installed")
    done = subprocess.run(["shellcheck", tmp_path / "script.sh"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
