# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The package for Group Policy under Wine's Windows Installer: installed, run, upgraded, and removed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from installers import client, windows_bundle, windows_msi, wine
from installers.build import ROOT, build_msi
from tests.installers.documented import is_as_documented
from tests.installers.windows_computer import OLDER, TRAY, Computer, Versions, stale_file, started
from tests.world.waiting import wait_until

pytestmark = [
    pytest.mark.timeout(1500),
    pytest.mark.skipif(not wine.is_installed(), reason="Wine is not installed; ./run test-windows does so"),
    pytest.mark.skipif(shutil.which("wixl") is None, reason="wixl is not installed; ./run test does so"),
    pytest.mark.usefixtures("asked_for"),
]


@pytest.fixture(scope="module")
def packages_for_windows(asked_for: None, tmp_path_factory: pytest.TempPathFactory) -> Versions:
    folder = tmp_path_factory.mktemp("msi")
    (new,) = build_msi()
    bundle = windows_bundle.build(ROOT)
    with stale_file(bundle):
        windows_msi.make_package(ROOT, bundle, folder / "old.msi", OLDER)
    return Versions(new, folder / "old.msi", client.client_version(ROOT))


def test_it_is_as_large_as_administrators_are_told(packages_for_windows: Versions) -> None:
    assert is_as_documented(packages_for_windows.new)


def install(computer: Computer, package: Path, *words: str) -> None:
    computer.run("msiexec", "/i", computer.wine.windows_path(package), "/qn", *words)


def version_shown(computer: Computer, home: Path) -> str:
    return computer.run(home / "connection-client.exe", "--version").strip()


def registered(computer: Computer) -> list[str]:
    """The versions under which Windows lists it for removal."""
    program = (
        "from connection_client.system.windows_registry import uninstall_entries\n"
        "for one in uninstall_entries():\n"
        "    if one.name == 'CONNECTION Client': print('FOUND', one.version)"
    )
    said = computer.run(computer.python / "python.exe", "-X", "utf8", "-c", program)
    return [line.split()[1] for line in said.splitlines() if line.startswith("FOUND ")]


def is_installed(computer: Computer, home: Path) -> None:
    """The older version is there, and Windows knows it."""
    assert (home / "_internal" / "stale.txt").exists()
    assert registered(computer) == [OLDER]
    first = computer.look()["HKLM"]
    assert first["run"]["connection client"].endswith('CONNECTION Client.exe" --hidden --with-session')
    assert first["app_path"][""].endswith(r"\connection-client.exe")
    assert first["protocol"][""].endswith('CONNECTION Client.exe" "%1"')
    # Everybody's Start Menu on Windows, this person's under Wine.
    assert list(computer.wine.drive_c.glob("**/Start Menu/Programs/CONNECTION Client.lnk"))
    assert '"status": "signed-out"' in computer.run(home / "connection-client.exe", "status", "--json")


def is_gone(computer: Computer, home: Path) -> None:
    """Nothing is left but what belongs to the person."""
    wait_until(lambda: not home.exists(), 60, f"{home} is still there")
    last = computer.look()["HKLM"]
    assert registered(computer) == []
    assert not any(last[name] for name in ("app_path", "protocol"))
    assert "connection client" not in last["run"]
    assert list(computer.wine.drive_c.glob("users/*/AppData/Local/connection-client"))


def test_from_the_first_day_to_the_last(packages_for_windows: Versions, computer: Computer) -> None:
    new, old = packages_for_windows.new, packages_for_windows.old
    install(computer, old)
    home = computer.folder(r"Program Files\CONNECTION Client")
    is_installed(computer, home)

    with started(computer, home / TRAY, "--hidden") as tray:
        wait_until(computer.answers, 60, "the client did not start")
        install(computer, new)
        assert tray.wait(30) is not None  # it was asked to end, and did
    # Asked of Windows: who asks the client for an answer starts it.
    wait_until(computer.runs_client, 60, "the new client was not started")
    assert computer.answers()
    assert registered(computer) == [packages_for_windows.version]
    assert not (home / "_internal" / "stale.txt").exists()
    assert version_shown(computer, home) == f"CONNECTION Client {packages_for_windows.version}"

    install(computer, old)  # no way back
    assert registered(computer) == [packages_for_windows.version]

    # Removing asks the client to end, too, and does not start it again.
    computer.run("msiexec", "/x", computer.wine.windows_path(new), "/qn")
    is_gone(computer, home)


def test_a_client_that_did_not_run_is_not_started(packages_for_windows: Versions, computer: Computer) -> None:
    install(computer, packages_for_windows.old)
    install(computer, packages_for_windows.new)
    assert registered(computer) == [packages_for_windows.version]
    home = computer.folder(r"Program Files\CONNECTION Client")
    # What the last step of the package does, done once more: with no note, the program ends by itself.
    assert computer.code(home / TRAY, "--hidden", "--returning") == 0
    assert not computer.runs_client()


def test_without_starting_with_the_session(packages_for_windows: Versions, computer: Computer) -> None:
    install(computer, packages_for_windows.new, "AUTOSTART=0")
    home = computer.folder(r"Program Files\CONNECTION Client")
    assert (home / TRAY).exists()
    assert "connection client" not in computer.look()["HKLM"]["run"]


def test_beside_the_setup_it_refuses(packages_for_windows: Versions, computer: Computer) -> None:
    key = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall\connection-client"
    computer.run("reg", "add", key, "/v", "UninstallString", "/d", "there", "/f", "/reg:64")
    install(computer, packages_for_windows.new)
    assert not computer.folder(r"Program Files\CONNECTION Client").exists()


def test_two_packages_of_one_folder_differ_only_in_when_they_were_made(
    packages_for_windows: Versions, tmp_path: Path
) -> None:
    bundle = windows_bundle.build(ROOT)
    tables: list[bytes] = []
    for name in ("first", "second"):
        package = tmp_path / f"{name}.msi"
        windows_msi.make_package(ROOT, bundle, package, packages_for_windows.version)
        listed = subprocess.run(
            ["msiinfo", "tables", package], capture_output=True, check=True
        ).stdout.split()
        wanted = [table.decode() for table in listed if table != b"_SummaryInformation"]
        tables.append(
            b"".join(
                subprocess.run(["msiinfo", "export", package, table], capture_output=True, check=True).stdout
                for table in wanted
            )
        )
        extracted = subprocess.run(
            ["msiinfo", "extract", package, "client.cab"], capture_output=True, check=True
        )
        tables[-1] += extracted.stdout
    assert tables[0] == tables[1]
