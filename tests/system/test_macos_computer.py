# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What packages have to fit on a Mac, and what surrounds it."""

import platform
from pathlib import Path

import pytest

from connection_client.domain.catalogue import InstallRecipe, Package
from connection_client.domain.versions import Version
from connection_client.system.macos_computer import architecture, this_computer
from connection_client.system.macos_install import MacInstaller
from connection_client.system.macos_surroundings import surroundings
from connection_client.updates.context import Surroundings
from tests.world.macintosh import calls, make_tool

BATTERY = "Now drawing from '{} Power'\n -InternalBattery-0 (id=1)\t87%; {}; 3:31 remaining present: true"


def test_a_mac_takes_packages_and_images_for_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "mac_ver", lambda: ("14.5", ("", "", ""), "arm64"))
    monkeypatch.setattr(platform, "machine", lambda: "arm64")
    make_tool(tmp_path, "osascript", "")
    computer = this_computer(MacInstaller(path=str(tmp_path)), tmp_path, str(tmp_path))

    assert (computer.os, computer.architecture, computer.os_version) == ("macos", "arm64", Version((14, 5)))
    assert computer.installs == {"pkg", "dmg-app"}
    assert computer.can_elevate
    assert computer.free_bytes is not None
    package = Package("macos", "universal", "a", "a.pkg", 1, "", InstallRecipe("pkg"), min_os="13")
    assert computer.takes(package)
    for other in ({"min_os": "15.0"}, {"max_os": "14.4"}, {"architecture": "x64"}, {"os": "linux"}):
        assert not computer.takes(Package(**{**vars(package), **other}))


def test_a_disk_that_is_not_there_has_no_number(tmp_path: Path) -> None:
    assert this_computer(MacInstaller(), tmp_path / "nowhere", str(tmp_path)).free_bytes is None


@pytest.mark.parametrize(
    ("machine", "told", "word"),
    [
        ("arm64", None, "arm64"),
        ("x86_64", "1", "arm64"),
        ("x86_64", "0", "x64"),
        ("x86_64", "", "x64"),
        ("x86_64", None, "x64"),
    ],
)
def test_the_processor_counts_and_not_what_rosetta_says(
    tmp_path: Path, machine: str, told: str | None, word: str
) -> None:
    if told is not None:
        make_tool(tmp_path, "sysctl", f"echo {told}")

    assert architecture(f"{tmp_path}:/nowhere", machine) == word
    if told is not None:
        assert calls(tmp_path, "sysctl") == [["-n", "hw.optional.arm64"]]


@pytest.mark.parametrize(
    ("says", "on_battery"),
    [
        (BATTERY.format("Battery", "discharging"), True),
        (BATTERY.format("AC", "charged"), False),
        ("Now drawing from 'AC Power'", False),
        ("", False),
    ],
)
def test_the_battery_is_what_pmset_says(tmp_path: Path, says: str, on_battery: bool) -> None:  # noqa: FBT001
    make_tool(tmp_path, "pmset", f"cat <<'END'\n{says}\nEND")

    assert surroundings(f"{tmp_path}:/bin:/usr/bin") == Surroundings(on_battery=on_battery)
    assert calls(tmp_path, "pmset") == [["-g", "batt"]]


def test_without_pmset_nothing_is_held_back(tmp_path: Path) -> None:
    assert surroundings(str(tmp_path)) == Surroundings()
