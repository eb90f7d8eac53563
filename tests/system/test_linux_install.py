# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Packages are installed by the real apt-get into a folder of its own, after a last check."""

import fcntl
from pathlib import Path

import pytest

from connection_client.domain.errors import InstallerBusy, InstallerFailed
from connection_client.system import elevated_install
from connection_client.system.linux_computer import this_computer
from tests.system.debian_world import World, package
from tests.world.root import needs_root

pytestmark = needs_root


def test_a_package_is_installed_then_updated_and_the_log_tells(debian: World) -> None:
    debian.install(debian.deb("10.1.0.12"))
    assert debian.computer.version("viewer-ses") == "10.1.0.12"

    debian.install(debian.deb("10.2.0.7"))

    assert debian.computer.version("viewer-ses") == "10.2.0.7"
    assert (debian.computer.root / "usr/bin/viewer-ses").read_text() == "#!/bin/sh\n# 10.2.0.7\n"
    assert "Unpacking viewer-ses (10.2.0.7)" in debian.log.read_text()


def test_nothing_of_this_machine_is_touched(debian: World) -> None:
    before = Path("/var/lib/dpkg/status").stat().st_mtime_ns

    debian.install(debian.deb("10.1.0.12", "connection-client-probe"))

    assert Path("/var/lib/dpkg/status").stat().st_mtime_ns == before
    assert not Path("/usr/bin/connection-client-probe").exists()


def test_prerequisites_are_installed_in_the_same_run(debian: World) -> None:
    client = debian.deb("0.1.0", "client")
    viewer = debian.deb("10.1.0.12", "viewer-ses", "client (>= 0.1)")

    debian.install(client, viewer)

    assert debian.computer.version("client") == "0.1.0"
    assert debian.computer.version("viewer-ses") == "10.1.0.12"


def test_a_missing_dependency_leaves_nothing_half_installed(debian: World) -> None:
    with pytest.raises(InstallerFailed) as caught:
        debian.install(debian.deb("10.1.0.12", "viewer-ses", "nowhere"))

    assert caught.value.facts == {"name": "Viewer SES", "exit_code": 100, "log": debian.log}
    assert debian.computer.version("viewer-ses") == ""
    assert "nowhere" in debian.log.read_text()
    assert debian.computer.database.status_file.read_bytes() == b""


def test_going_back_is_possible(debian: World) -> None:
    debian.install(debian.deb("10.2.0.7"))

    debian.install(debian.deb("10.1.0.12"))

    assert debian.computer.version("viewer-ses") == "10.1.0.12"


def test_another_package_manager_at_work_is_waited_for_and_then_named(
    debian: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = debian.folder / "impatient.py"
    source = Path(elevated_install.__file__).read_text()
    script.write_text(source.replace("_LOCK_SECONDS = 30.0", "_LOCK_SECONDS = 0.3"))
    debian.computer.installer._part._script = script
    with (debian.computer.root / "var/lib/dpkg/lock-frontend").open("w") as lock:
        fcntl.lockf(lock, fcntl.LOCK_EX)

        with pytest.raises(InstallerBusy):
            debian.install(debian.deb("10.1.0.12"))

    assert debian.computer.version("viewer-ses") == ""


def test_what_a_power_cut_left_in_pieces_is_installed_again(debian: World) -> None:
    deb = debian.deb("10.1.0.12")
    debian.install(deb)
    status = debian.computer.root / "var/lib/dpkg/status"
    status.write_text(status.read_text().replace("install ok installed", "install reinstreq half-installed"))
    assert debian.computer.version("viewer-ses") == ""

    debian.install(deb)

    assert debian.computer.version("viewer-ses") == "10.1.0.12"


def test_hostile_names_are_only_names(debian: World) -> None:
    path = debian.deb("10.1.0.12")
    hostile = debian.folder / "$(touch pwned); `id` -o=x .deb"
    path.replace(hostile)

    debian.install(hostile)

    assert debian.computer.version("viewer-ses") == "10.1.0.12"
    assert not Path("pwned").exists()


def test_this_computer_takes_debian_packages_only(debian: World) -> None:
    computer = this_computer(debian.computer.installer)

    assert computer.installs == {"deb"}
    assert computer.can_elevate
    assert computer.free_bytes is not None
    assert computer.takes(package(debian.deb("1.0")))
