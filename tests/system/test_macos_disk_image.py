# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Disk images on a Mac: attached, looked into, copied and exchanged, and always detached."""

import os
import plistlib
import subprocess
import sys
from pathlib import Path

import pytest

from connection_client.domain.errors import DiskFull, InstallerFailed, NeedsRights, NotInstallable
from tests.world.full_disk import reason_against, small_disk
from tests.world.mac import KNOWN, Mac
from tests.world.mac_tools import TEAM, empty_image, make_dmg, make_pkg
from tests.world.macintosh import make_bundle, make_tool


def test_an_application_is_copied_beside_its_place_checked_there_and_exchanged(mac: Mac) -> None:
    image = make_dmg(mac.folder, "10.2.0")

    mac.install(image, elevation="self")

    assert mac.version() == "10.2.0"
    assert mac.asked("osascript") == []
    attach, detach = mac.asked("hdiutil")
    private = attach[6]
    assert attach == [
        "attach", attach[1], "-nobrowse", "-readonly", "-noautoopen", "-mountrandom", private, "-plist"
    ]  # fmt: skip
    assert Path(attach[1]).parent == Path(private)
    assert detach == ["detach", "/dev/disk4"]
    assert not Path(private).exists()
    ((source, copy),) = mac.asked("ditto")
    assert Path(source).parent.parent == Path(private)
    assert Path(copy).parent.parent == mac.folders[0]
    requirement = f'=anchor apple generic and certificate leaf[subject.OU] = "{TEAM}"'
    assert mac.asked("codesign") == [["--verify", "--deep", "--strict", "-R", requirement, copy]]
    assert mac.asked("spctl") == [["--assess", "--type", "execute", "-v", copy]]
    assert mac.hidden() == []


def test_an_update_takes_its_place_and_a_kept_image_goes_back(mac: Mac) -> None:
    old, new = make_dmg(mac.folder, "10.1"), make_dmg(mac.folder, "10.2")

    for image, version in ((old, "10.1"), (new, "10.2"), (old, "10.1")):
        mac.install(image, elevation="self")
        assert mac.version() == version
    assert [path.name for path in mac.folders[0].iterdir()] == ["Survey Viewer.app"]
    assert len(mac.asked("hdiutil")) == 6


def test_for_the_person_alone_it_goes_into_their_own_folder(mac: Mac) -> None:
    mac.install(make_dmg(mac.folder, "1"), scope="user")

    assert (mac.folders[1] / "Survey Viewer.app/Contents/Info.plist").exists()
    assert mac.asked("osascript") == []


def test_rights_are_asked_for_where_the_catalogue_wants_them(mac: Mac) -> None:
    mac.install(make_dmg(mac.folder, "1"), elevation="required")

    assert len(mac.asked("osascript")) == 1
    assert mac.version() == "1"


@pytest.fixture
def without_rights(mac: Mac, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The client has none, and whoever answers the question gives those of this test."""
    if os.getuid() != 0:
        pytest.skip("only root can be somebody else for a moment")
    for place in (tmp_path, *tmp_path.parents[:3]):
        place.chmod(place.stat().st_mode | 0o055)
    for path in (mac.tools.folder, mac.tools.folder / "answers"):
        path.chmod(0o777)
    skips = 'while [ "$1" = -e ]; do shift 2; done; shift 3'
    make_tool(mac.tools.folder, "osascript", f'{skips}; exec {sys.executable} "$@"')
    # Somebody who may read everything, this program below root's own folder included, and write nothing.
    reads = "--inh-caps=+dac_read_search --ambient-caps=+dac_read_search"
    command = f'exec setpriv --reuid=65534 {reads} {sys.executable} "$@"'
    without = make_tool(tmp_path / "somebody", "python", command)
    monkeypatch.setattr(sys, "executable", str(without))


@pytest.mark.usefixtures("without_rights")
@pytest.mark.parametrize("previous", ["10.1", ""])
def test_what_only_others_may_write_is_tried_and_then_asked_for(mac: Mac, previous: str) -> None:
    if previous:
        make_bundle(mac.folders[0], "Survey Viewer", previous)
        mac.folders[0].chmod(0o777)
    image = make_dmg(mac.folder, "10.2")

    with pytest.raises(NeedsRights):
        mac.install(image, elevation="none")
    assert mac.asked("osascript") == []
    assert [found.version_text for found in mac.inventory.scan(KNOWN)] == ([previous] if previous else [])

    mac.install(image, elevation="self")
    assert len(mac.asked("osascript")) == 1
    assert mac.version() == "10.2"
    assert mac.hidden() == []


def test_a_package_in_an_image_is_installed_as_a_package(mac: Mac) -> None:
    inside = mac.folder / "inside"
    inside.mkdir()
    package = make_pkg(mac.folder, "10.2").rename(inside / "Install.pkg")
    subprocess.run(["tar", "-cf", str(mac.folder / "a.dmg"), "-C", str(inside), package.name], check=True)

    mac.install(mac.folder / "a.dmg")

    assert mac.version() == "10.2"
    assert mac.asked("installer")[-1][1].endswith("/Install.pkg")
    assert mac.asked("pkgutil")[-1][1].endswith("/Install.pkg")


def test_a_licence_in_front_of_the_answer_is_agreed_to(mac: Mac) -> None:
    mac.tools.say("licence", "You may use it.\nAgree? Y/N\n")

    mac.install(make_dmg(mac.folder, "1"), elevation="self")

    assert mac.version() == "1"


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (("broken-seal", ""), NotInstallable),
        (("distrusted", ""), NotInstallable),
        (("ditto", "1"), InstallerFailed),
        (("attached", "no list"), NotInstallable),
        (("attached", plistlib.dumps({"system-entities": ["x", {}]}).decode()), NotInstallable),
    ],
)
def test_whatever_goes_wrong_the_old_one_stays_and_the_image_goes(
    mac: Mac, trouble: tuple[str, str], error: type[Exception]
) -> None:
    make_bundle(mac.folders[0], "Survey Viewer", "10.1")
    mac.tools.say(*trouble)

    with pytest.raises(error):
        mac.install(make_dmg(mac.folder, "10.2"), elevation="self")

    assert mac.version() == "10.1"
    assert mac.hidden() == []
    if trouble[0] != "attached":
        assert mac.asked("hdiutil")[-1] == ["detach", "/dev/disk4"]


def test_an_image_that_is_still_in_use_is_detached_with_force(mac: Mac) -> None:
    mac.tools.say("busy")

    mac.install(make_dmg(mac.folder, "1"), elevation="self")

    assert mac.asked("hdiutil")[1:] == [["detach", "/dev/disk4"], ["detach", "/dev/disk4", "-force"]]


def test_an_image_with_two_applications_or_none_is_not_guessed_at(mac: Mac) -> None:
    for image in (make_dmg(mac.folder, "1", "One", "Two"), empty_image(mac.folder / "empty.dmg")):
        with pytest.raises(NotInstallable) as caught:
            mac.install(image, elevation="self")

        assert caught.value.facts["reason"] == "its disk image does not hold one application or one package"
    assert list(mac.folders[0].iterdir()) == []
    assert [words[0] for words in mac.asked("hdiutil")] == ["attach", "detach"] * 2


def test_a_file_that_is_no_image_is_told(mac: Mac) -> None:
    (mac.folder / "a.dmg").write_bytes(b"no image")

    with pytest.raises(NotInstallable, match="cannot be opened"):
        mac.install(mac.folder / "a.dmg", elevation="self")


def test_another_application_of_the_same_name_is_left_alone(mac: Mac) -> None:
    other = make_bundle(mac.folders[0], "Survey Viewer", "3", identifier="com.other.viewer")
    elsewhere = make_bundle(mac.root / "opt", "Survey Viewer", "1")

    with pytest.raises(NotInstallable, match="another application"):
        mac.install(make_dmg(mac.folder, "10.2"), elevation="self")
    assert "com.other.viewer" in (other / "Contents/Info.plist").read_text()

    other.rename(mac.root / "other.app")
    other.symlink_to(elsewhere)
    with pytest.raises(NotInstallable, match="another application"):
        mac.install(make_dmg(mac.folder, "10.3"), elevation="self")
    assert other.readlink() == elsewhere


@pytest.mark.skipif(bool(reason_against()), reason=reason_against())
def test_a_disk_that_is_full_keeps_the_old_one(mac: Mac) -> None:
    image = make_dmg(mac.folder, "10.2", padding=4 << 20)
    mac.folders[0].rmdir()
    with small_disk(mac.folders[0], 2 << 20):
        make_bundle(mac.folders[0], "Survey Viewer", "10.1")

        with pytest.raises(DiskFull):
            mac.install(image, elevation="self")

        assert mac.version() == "10.1"
        assert mac.hidden() == []
