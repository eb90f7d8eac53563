# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Packages are installed by the real apt-get into a folder of its own, after a last check."""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from connection_client.domain.catalogue import InstallRecipe, Package
from connection_client.domain.errors import InstallerBusy, InstallerFailed, NeedsRights, PackageChanged
from connection_client.system import elevated_install
from connection_client.system.linux_computer import this_computer
from connection_client.updates.download import VerifiedFile
from connection_client.updates.install import Job
from tests.world.computer import ScratchComputer
from tests.world.packages import make_deb
from tests.world.root import needs_root

pytestmark = needs_root


def package(path: Path) -> Package:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return Package("linux", "any", path.name, path.name, len(content), digest, InstallRecipe("deb"))


class World:
    """A computer, and packages in a private folder."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.computer = ScratchComputer(folder / "root")
        self.folder = folder
        self.log = folder / "install.log"
        self._stack = stack

    def deb(self, version: str, name: str = "viewer-ses", *depends: str) -> Path:
        return make_deb(
            self.folder,
            name,
            version,
            files={f"/usr/bin/{name}": f"#!/bin/sh\n# {version}\n"},
            depends=depends,
        )

    def install(self, *paths: Path) -> None:
        files = [self._stack.enter_context(self.opened(path)) for path in paths]
        self.computer.installer.install(Job("Viewer SES", tuple(files), self.log))

    def opened(self, path: Path) -> VerifiedFile:
        return VerifiedFile(package(path), path, self._stack.enter_context(path.open("rb")))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with ExitStack() as stack:
        yield World(tmp_path, stack)


def test_a_package_is_installed_then_updated_and_the_log_tells(world: World) -> None:
    world.install(world.deb("10.1.0.12"))
    assert world.computer.version("viewer-ses") == "10.1.0.12"

    world.install(world.deb("10.2.0.7"))

    assert world.computer.version("viewer-ses") == "10.2.0.7"
    assert (world.computer.root / "usr/bin/viewer-ses").read_text() == "#!/bin/sh\n# 10.2.0.7\n"
    assert "Unpacking viewer-ses (10.2.0.7)" in world.log.read_text()


def test_nothing_of_this_machine_is_touched(world: World) -> None:
    before = Path("/var/lib/dpkg/status").stat().st_mtime_ns

    world.install(world.deb("10.1.0.12", "connection-client-probe"))

    assert Path("/var/lib/dpkg/status").stat().st_mtime_ns == before
    assert not Path("/usr/bin/connection-client-probe").exists()


def test_prerequisites_are_installed_in_the_same_run(world: World) -> None:
    client = world.deb("0.1.0", "client")
    viewer = world.deb("10.1.0.12", "viewer-ses", "client (>= 0.1)")

    world.install(client, viewer)

    assert world.computer.version("client") == "0.1.0"
    assert world.computer.version("viewer-ses") == "10.1.0.12"


def test_a_missing_dependency_leaves_nothing_half_installed(world: World) -> None:
    with pytest.raises(InstallerFailed) as caught:
        world.install(world.deb("10.1.0.12", "viewer-ses", "nowhere"))

    assert caught.value.facts == {"name": "Viewer SES", "exit_code": 100, "log": world.log}
    assert world.computer.version("viewer-ses") == ""
    assert "nowhere" in world.log.read_text()
    assert world.computer.database.status_file.read_bytes() == b""


def test_going_back_is_possible(world: World) -> None:
    world.install(world.deb("10.2.0.7"))

    world.install(world.deb("10.1.0.12"))

    assert world.computer.version("viewer-ses") == "10.1.0.12"


def test_a_byte_changed_after_the_check_is_noticed_before_the_installer_starts(world: World) -> None:
    path = world.deb("10.1.0.12")
    file = world.opened(path)
    with path.open("r+b") as changing:
        changing.seek(-1, os.SEEK_END)
        changing.write(b"x")

    with pytest.raises(PackageChanged):
        world.computer.installer.install(Job("Viewer SES", (file,), world.log))

    assert world.computer.version("viewer-ses") == ""
    assert not world.log.exists()


def test_a_file_swapped_after_the_check_is_noticed(world: World) -> None:
    path = world.deb("10.1.0.12")
    file = world.opened(path)
    world.deb("10.1.0.12", "evil").replace(path)

    with pytest.raises(PackageChanged):
        world.computer.installer.install(Job("Viewer SES", (file,), world.log))

    assert world.computer.version("evil") == ""


def test_the_elevated_part_trusts_nobody(world: World) -> None:
    """Even where the caller was fooled, it copies and hashes for itself before anything is installed."""
    path = world.deb("10.1.0.12")
    wanted = package(path)
    evil = world.deb("10.1.0.12", "evil")

    done = subprocess.run(
        [
            sys.executable,
            "-I",
            elevated_install.__file__,
            "deb",
            str(world.computer.root),
            wanted.sha256,
            str(wanted.length),
            str(evil),
        ],
        check=False,
        capture_output=True,
    )

    assert done.returncode == elevated_install.PACKAGE_CHANGED
    assert b"nothing was installed" in done.stderr
    assert world.computer.version("evil") == ""


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["deb"],
        ["deb", "/"],
        ["deb", "relative", "a", "1", "b"],
        ["deb", "/", "a", "1"],
        ["deb", "/", "a", "1", "b", "c"],
        ["exe", "/", "a", "1", "b"],
    ],
)
def test_the_elevated_part_refuses_what_it_does_not_understand(arguments: list[str]) -> None:
    assert elevated_install.main(arguments) == elevated_install.MISUSED


def test_another_package_manager_at_work_is_waited_for_and_then_named(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = world.folder / "impatient.py"
    source = Path(elevated_install.__file__).read_text()
    script.write_text(source.replace("_LOCK_SECONDS = 30.0", "_LOCK_SECONDS = 0.3"))
    world.computer.installer._script = script
    with (world.computer.root / "var/lib/dpkg/lock-frontend").open("w") as lock:
        fcntl.lockf(lock, fcntl.LOCK_EX)

        with pytest.raises(InstallerBusy):
            world.install(world.deb("10.1.0.12"))

    assert world.computer.version("viewer-ses") == ""


def test_what_a_power_cut_left_in_pieces_is_installed_again(world: World) -> None:
    deb = world.deb("10.1.0.12")
    world.install(deb)
    status = world.computer.root / "var/lib/dpkg/status"
    status.write_text(status.read_text().replace("install ok installed", "install reinstreq half-installed"))
    assert world.computer.version("viewer-ses") == ""

    world.install(deb)

    assert world.computer.version("viewer-ses") == "10.1.0.12"


def test_hostile_names_are_only_names(world: World) -> None:
    path = world.deb("10.1.0.12")
    hostile = world.folder / "$(touch pwned); `id` -o=x .deb"
    path.replace(hostile)

    world.install(hostile)

    assert world.computer.version("viewer-ses") == "10.1.0.12"
    assert not Path("pwned").exists()


def as_person(folder: Path, monkeypatch: pytest.MonkeyPatch, pkexec: str | None) -> None:
    """Be somebody without rights, for whom `pkexec` stands in with a script."""
    bin_folder = folder / "bin"
    bin_folder.mkdir()
    if pkexec is not None:
        (bin_folder / "pkexec").write_text(f"#!/bin/sh\n{pkexec}\n")
        (bin_folder / "pkexec").chmod(0o755)
    monkeypatch.setenv("PATH", str(bin_folder))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


def test_a_person_is_asked_once_for_all_packages(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = world.folder / "asked"
    client, viewer = world.deb("0.1.0", "client"), world.deb("10.1.0.12")
    as_person(world.folder, monkeypatch, f'echo "$@" >>{asked}; exec "$@"')

    world.install(client, viewer)

    assert world.computer.installer.can_elevate()
    assert world.computer.version("client") == "0.1.0"
    assert world.computer.version("viewer-ses") == "10.1.0.12"
    (question,) = asked.read_text().splitlines()
    assert "python3 -I" in question


def test_an_installed_client_asks_by_a_program_that_the_policy_knows(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, home = world.folder / "asked", world.folder / "home"
    program = home / "libexec/install-packages"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!{sys.executable} -I\n{Path(elevated_install.__file__).read_text()}")
    program.chmod(0o755)
    world.computer.installer._script = home / "connection_client/system/elevated_install.py"
    viewer = world.deb("10.1.0.12")
    as_person(world.folder, monkeypatch, f'echo "$@" >>{asked}; exec "$@"')

    world.install(viewer)

    assert world.computer.version("viewer-ses") == "10.1.0.12"
    assert asked.read_text().startswith(f"{program} deb {world.computer.root} ")


@pytest.mark.parametrize("pkexec", ["exit 126", "exit 127", None])
def test_rights_that_were_not_given_leave_everything_as_it_was(
    world: World, monkeypatch: pytest.MonkeyPatch, pkexec: str | None
) -> None:
    viewer = world.deb("10.1.0.12")
    as_person(world.folder, monkeypatch, pkexec)

    with pytest.raises(NeedsRights) as caught:
        world.install(viewer)

    assert caught.value.facts == {"name": "Viewer SES"}
    assert world.computer.installer.can_elevate() == (pkexec is not None)
    assert world.computer.version("viewer-ses") == ""
    assert viewer.exists()


def test_this_computer_takes_debian_packages_only(world: World) -> None:
    computer = this_computer(world.computer.installer)

    assert computer.installs == {"deb"}
    assert computer.can_elevate
    assert computer.free_bytes is not None
    assert computer.takes(package(world.deb("1.0")))
