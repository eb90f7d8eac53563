# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What runs with an administrator's rights trusts nobody, and asks once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from connection_client.domain.errors import NeedsRights, PackageChanged
from connection_client.system import elevated_install
from connection_client.updates.install import Job
from tests.system.debian_world import World, package
from tests.world.root import needs_root

pytestmark = needs_root


def test_a_byte_changed_after_the_check_is_noticed_before_the_installer_starts(debian: World) -> None:
    path = debian.deb("10.1.0.12")
    file = debian.opened(path)
    with path.open("r+b") as changing:
        changing.seek(-1, os.SEEK_END)
        changing.write(b"x")

    with pytest.raises(PackageChanged):
        debian.computer.installer.install(Job("Viewer SES", (file,), debian.log))

    assert debian.computer.version("viewer-ses") == ""
    assert not debian.log.exists()


def test_a_file_swapped_after_the_check_is_noticed(debian: World) -> None:
    path = debian.deb("10.1.0.12")
    file = debian.opened(path)
    debian.deb("10.1.0.12", "evil").replace(path)

    with pytest.raises(PackageChanged):
        debian.computer.installer.install(Job("Viewer SES", (file,), debian.log))

    assert debian.computer.version("evil") == ""


def test_the_elevated_part_trusts_nobody(debian: World) -> None:
    """Even where the caller was fooled, it copies and hashes for itself before anything is installed."""
    path = debian.deb("10.1.0.12")
    wanted = package(path)
    evil = debian.deb("10.1.0.12", "evil")

    done = subprocess.run(
        [
            sys.executable,
            "-I",
            elevated_install.__file__,
            "deb",
            str(debian.computer.root),
            wanted.sha256,
            str(wanted.length),
            str(evil),
        ],
        check=False,
        capture_output=True,
    )

    assert done.returncode == elevated_install.PACKAGE_CHANGED
    assert b"nothing was installed" in done.stderr
    assert debian.computer.version("evil") == ""


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["deb"],
        ["deb", "/"],
        ["deb", "relative", "a", "1", "b"],
        ["deb", "/", "a", "1"],
        ["deb", "/", "a", "1", "b", "c"],
        ["deb", "/", "a", "many", "b"],
        ["deb", "/", "a", "-1", "b"],
        ["exe", "/", "a", "1", "b"],
    ],
)
def test_the_elevated_part_refuses_what_it_does_not_understand(arguments: list[str]) -> None:
    assert elevated_install.main(arguments) == elevated_install.MISUSED


def test_a_question_gives_rights_on_this_computer_and_in_no_other_root(
    debian: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a root of one's own, apt-get would run whatever its configuration there names."""
    wanted = package(debian.deb("10.1.0.12"))
    arguments = ["deb", str(debian.computer.root), wanted.sha256, str(wanted.length)]
    arguments.append(str(debian.deb("10.1.0.12")))
    monkeypatch.setenv("PKEXEC_UID", "1000")
    assert elevated_install.main(arguments) == elevated_install.MISUSED
    monkeypatch.delenv("PKEXEC_UID")
    assert elevated_install.main(arguments) == 0


def test_a_package_manager_that_was_quicker_by_a_moment_is_named(
    debian: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted, path = package(debian.deb("10.1.0.12")), debian.deb("10.1.0.12")
    lock = debian.computer.root / "var/lib/dpkg/lock-frontend"
    hold = f"import fcntl; f = open({str(lock)!r}, 'a'); fcntl.lockf(f, fcntl.LOCK_EX); "
    hold += "print(flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        looked: list[float] = []

        def look(root: Path, seconds: float = 0.0) -> bool:
            looked.append(seconds)
            return really(root, seconds) if len(looked) > 1 else True  # the first look was a moment too early

        really = elevated_install._wait_for_lock
        other.stdout.readline()
        monkeypatch.setattr(elevated_install, "_wait_for_lock", look)
        monkeypatch.setattr(elevated_install, "_LOCK_SECONDS", 0.0)
        arguments = ["deb", str(debian.computer.root), wanted.sha256, str(wanted.length), str(path)]
        assert elevated_install.main(arguments) == elevated_install.BUSY
        other.communicate(b"\n")
    assert debian.computer.version("viewer-ses") == ""


def as_person(folder: Path, monkeypatch: pytest.MonkeyPatch, pkexec: str | None) -> None:
    """Be somebody without rights, for whom `pkexec` stands in with a script."""
    bin_folder = folder / "bin"
    bin_folder.mkdir()
    if pkexec is not None:
        (bin_folder / "pkexec").write_text(f"#!/bin/sh\n{pkexec}\n")
        (bin_folder / "pkexec").chmod(0o755)
    monkeypatch.setenv("PATH", str(bin_folder))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


def test_a_person_is_asked_once_for_all_packages(debian: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = debian.folder / "asked"
    client, viewer = debian.deb("0.1.0", "client"), debian.deb("10.1.0.12")
    as_person(debian.folder, monkeypatch, f'echo "$@" >>{asked}; shift; exec "$@"')

    debian.install(client, viewer)

    assert debian.computer.installer.can_elevate()
    assert debian.computer.version("client") == "0.1.0"
    assert debian.computer.version("viewer-ses") == "10.1.0.12"
    (question,) = asked.read_text().splitlines()
    assert "python3 -I" in question


def test_an_installed_client_asks_by_a_program_that_the_policy_knows(
    debian: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, home = debian.folder / "asked", debian.folder / "home"
    program = home / "libexec/install-packages"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!{sys.executable} -I\n{Path(elevated_install.__file__).read_text()}")
    program.chmod(0o755)
    debian.computer.installer._part._script = home / "connection_client/system/elevated_install.py"
    viewer = debian.deb("10.1.0.12")
    as_person(debian.folder, monkeypatch, f'echo "$@" >>{asked}; shift; exec "$@"')

    debian.install(viewer)

    assert debian.computer.version("viewer-ses") == "10.1.0.12"
    assert f"{program} deb {debian.computer.root} " in asked.read_text()


@pytest.mark.parametrize("pkexec", ["exit 126", "exit 127", None])
def test_rights_that_were_not_given_leave_everything_as_it_was(
    debian: World, monkeypatch: pytest.MonkeyPatch, pkexec: str | None
) -> None:
    viewer = debian.deb("10.1.0.12")
    as_person(debian.folder, monkeypatch, pkexec)

    with pytest.raises(NeedsRights) as caught:
        debian.install(viewer)

    assert caught.value.facts == {"name": "Viewer SES"}
    assert debian.computer.installer.can_elevate() == (pkexec is not None)
    assert debian.computer.version("viewer-ses") == ""
    assert viewer.exists()
