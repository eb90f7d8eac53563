# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The setup for Windows under Wine: installed, run, upgraded while it runs, and removed."""

from pathlib import Path

import pytest

from installers import client, windows_setup, wine
from installers.build import ROOT, build_windows
from tests.installers.documented import MEGABYTE, is_as_documented
from tests.installers.windows_computer import (
    CONSOLE,
    OLDER,
    TRAY,
    Computer,
    Versions,
    held_open,
    stale_file,
    started,
)
from tests.world.waiting import wait_until

pytestmark = [
    pytest.mark.timeout(1500),
    pytest.mark.skipif(not wine.is_installed(), reason="Wine is not installed; ./run test-windows does so"),
    pytest.mark.usefixtures("asked_for"),
]


@pytest.fixture(scope="module")
def setups(asked_for: None, tmp_path_factory: pytest.TempPathFactory) -> Versions:
    folder = tmp_path_factory.mktemp("setups")
    (new,) = build_windows()
    bundle = ROOT / "build" / "windows" / "bundle" / "CONNECTION Client"
    with stale_file(bundle):
        windows_setup.make_setup(ROOT, bundle, folder / "old.exe", OLDER, "zlib")
    return Versions(new, folder / "old.exe", client.client_version(ROOT))


def home_of(computer: Computer) -> Path:
    """Where the setup for one person puts the client."""
    location = computer.look()["HKCU"]["uninstall"]["installlocation"]
    return computer.folder(location.removeprefix("C:\\"))


def test_it_is_small_enough(setups: Versions) -> None:
    assert setups.new.stat().st_size <= 35 * MEGABYTE
    assert is_as_documented(setups.new)


def is_installed(computer: Computer, home: Path) -> None:
    """The older version is there for one person, and Windows knows it."""
    first = computer.look()["HKCU"]
    assert first["uninstall"]["displayname"] == "CONNECTION Client"
    assert first["uninstall"]["displayversion"] == OLDER
    assert first["run"]["connection client"].endswith('CONNECTION Client.exe" --hidden --with-session')
    assert first["app_path"][""].endswith(r"\connection-client.exe")
    assert first["protocol"][""].endswith('CONNECTION Client.exe" "%1"')
    assert list(computer.wine.drive_c.glob("users/*/AppData/Roaming/Microsoft/Windows/Start Menu/**/*.lnk"))
    assert sum(file.stat().st_size for file in home.rglob("*") if file.is_file()) <= 110 * MEGABYTE
    assert (home / "_internal" / "stale.txt").exists()


def test_for_one_person_from_the_first_day_to_the_last(setups: Versions, computer: Computer) -> None:
    computer.run(setups.old, "/S", "/CurrentUser")
    home = home_of(computer)
    is_installed(computer, home)
    said = computer.run(home / "connection-client.exe", "status", "--json")
    assert '"status": "signed-out"' in said
    computer.run(home / "connection-client.exe", "settings", "set", "language", "de")
    assert "Niemand ist angemeldet" in computer.run(home / "connection-client.exe", "status")

    with started(computer, home / TRAY, "--hidden") as tray:
        wait_until(computer.answers, 60, "the client did not start")
        computer.run(setups.new, "/S")
        assert tray.wait(30) is not None
    assert computer.look()["HKCU"]["uninstall"]["displayversion"] == setups.version
    assert not (home / "_internal" / "stale.txt").exists()
    wait_until(computer.runs_client, 60, "the client was not started again")
    wait_until(computer.answers, 60, "the client that was started again does not answer")

    computer.run(home / "uninstall.exe", "/S", "/CurrentUser")
    wait_until(lambda: not home.exists(), 60, f"{home} is still there")
    last = computer.look()
    assert not any(last["HKCU"][name] for name in ("uninstall", "app_path", "protocol"))
    assert "connection client" not in last["HKCU"]["run"]
    assert not any(program.endswith(TRAY) for program in last["running"])
    # What belongs to the person stays.
    assert list(computer.wine.drive_c.glob("users/*/AppData/Local/connection-client"))


def test_on_an_older_windows_nothing_is_changed(setups: Versions, computer: Computer) -> None:
    computer.wine.become("win7")
    assert computer.code(setups.new, "/S") == 1633
    found = computer.look()
    assert not found["HKCU"]["uninstall"]
    assert not found["HKLM"]["uninstall"]


def test_for_everybody_without_starting_with_the_session(setups: Versions, computer: Computer) -> None:
    computer.run(setups.new, "/S", "/AllUsers", "/NoAutostart")
    found = computer.look()
    assert found["HKLM"]["uninstall"]["installlocation"] == r"C:\Program Files\CONNECTION Client"
    assert found["HKLM"]["uninstall"]["displayversion"] == setups.version
    assert not found["HKCU"]["uninstall"]
    assert "connection client" not in found["HKLM"]["run"]
    home = computer.folder(r"Program Files\CONNECTION Client")
    for program in (TRAY, CONSOLE):
        with held_open(computer, home / program):
            assert computer.code(setups.old, "/S", "/AllUsers") == 32, program
    assert computer.look()["HKLM"]["uninstall"]["displayversion"] == setups.version
    assert computer.run(home / "connection-client.exe", "--version").startswith("CONNECTION Client ")
    computer.run(home / "uninstall.exe", "/S", "/AllUsers")
    wait_until(lambda: not home.exists(), 60, f"{home} is still there")
    assert not computer.look()["HKLM"]["uninstall"]


def test_for_everybody_it_updates_itself(setups: Versions, computer: Computer) -> None:
    """What runs with administrator rights runs from the folder that its own setup replaces."""
    computer.run(setups.old, "/S", "/AllUsers")
    home = computer.folder(r"Program Files\CONNECTION Client")
    words = [computer.wine.windows_path(path) for path in (home / TRAY, setups.new)]
    python = str(computer.python / "python.exe")
    said = computer.run(python, "-X", "utf8", "-m", "tests.windows.updating_client", *words)
    assert "SAW asked to end" in said

    def version() -> str:
        return str(computer.look()["HKLM"]["uninstall"]["displayversion"])

    wait_until(lambda: version() == setups.version, 120, "the setup gave up")
    wait_until(computer.runs_client, 60, "the client was not started again")
    assert not (home / "_internal" / "stale.txt").exists()
    wait_until(computer.answers, 60, "the client that was started again does not answer")
    # The setup ran from a folder of its own, which nobody is left to remove: Windows does at its next start.
    left = list(computer.wine.drive_c.glob("windows/Temp/connection-client-*"))
    waiting = computer.look()["at_restart"]
    assert all(any(folder.name in entry for entry in waiting) for folder in left)
