# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Packages on a Mac, installed by programs that stand in for Apple's and are asked word for word.

Nothing here was run on a Mac. The part with administrator rights runs as a process of its own, as it does
there.
"""

import hashlib
import os
import plistlib
import sys
from pathlib import Path

import pytest

from connection_client.domain.catalogue import InstallRecipe, Package
from connection_client.domain.errors import (
    DiskFull,
    InstallCancelled,
    InstallerFailed,
    NeedsRights,
    PackageChanged,
)
from connection_client.system import macos_work
from connection_client.updates.install import Ended
from tests.world.mac import KNOWN, Mac, elevated
from tests.world.mac_tools import TEAM, make_dmg, make_pkg
from tests.world.macintosh import make_tool


def test_a_package_is_installed_by_apples_installer_after_one_question(mac: Mac) -> None:
    package = make_pkg(mac.folder, "10.2.0.7")

    assert mac.install(package) == Ended(restart=False)

    assert mac.version() == "10.2.0.7"
    (question,) = mac.asked("osascript")
    assert question[:14:2] == ["-e"] * 7
    assert question[14:16] == ["--", "CONNECTION Client wants to install Survey Viewer SES."]
    assert question[16:19] == [sys.executable, "-m", "connection_client"]
    digest, length = hashlib.sha256(package.read_bytes()).hexdigest(), str(package.stat().st_size)
    assert question[19:23] == ["--install-packages", mac.tools.path, "/", str(mac.folders[0])]
    assert question[23:] == ["pkg", digest, length, TEAM, str(package)]
    query, install = mac.asked("installer")
    assert query == ["-query", "RestartAction", "-pkg", str(package), "-plist"]
    copy = install[1]
    assert install == ["-pkg", copy, "-target", "/", "-dumplog"]
    assert Path(copy).name == f"0-{digest[:16]}.pkg"
    assert not Path(copy).exists()
    assert mac.asked("pkgutil") == [["--check-signature", copy]]
    assert mac.asked("spctl") == [["--assess", "--type", "install", "-v", copy]]
    assert "The install was successful" in mac.log.read_text()


def test_nothing_of_a_files_name_is_in_the_script(mac: Mac) -> None:
    plain, hostile = make_pkg(mac.folder, "1"), mac.folder / "$(touch pwned); `id` \"x\" 'y' -e & .pkg"
    make_pkg(mac.folder, "2").replace(hostile)

    mac.install(plain)
    mac.install(hostile)

    assert mac.version() == "2"
    first, second = mac.asked("osascript")
    assert first[:15] == second[:15]
    assert second[-1] == str(hostile)
    assert not Path("pwned").exists()


def test_a_batch_of_packages_and_images_asks_once(mac: Mac) -> None:
    client = make_pkg(mac.folder, "0.1", identifier="com.example.pkg.client")

    mac.install(client, make_pkg(mac.folder, "10.1"), make_dmg(mac.folder, "10.2"))

    assert mac.version() == "10.2"
    assert len(mac.asked("osascript")) == 1
    assert [words[0] for words in mac.asked("installer")] == ["-query", "-query", "-pkg", "-pkg"]
    assert [words[0] for words in mac.asked("hdiutil")] == ["attach", "detach"]


def test_no_file_of_a_batch_is_installed_where_one_is_not_genuine(mac: Mac) -> None:
    good, changed = mac.opened(make_pkg(mac.folder, "1")), make_pkg(mac.folder, "2")
    second = mac.opened(changed)
    with changed.open("r+b") as changing:
        changing.write(b"x")

    with pytest.raises(PackageChanged):
        mac.install(good, second)

    assert mac.asked("osascript") == []
    assert mac.asked("installer") == []


def test_the_part_with_rights_trusts_nobody(mac: Mac) -> None:
    """Where the caller was fooled, the copy is another than what was signed."""
    wanted, evil = mac.package(make_pkg(mac.folder, "1")), make_pkg(mac.folder, "2")
    words = [mac.tools.path, "/", str(mac.folders[0])]
    words += ["pkg", wanted.sha256, str(wanted.length), TEAM, str(evil)]

    done = elevated(*words)

    assert done.returncode == macos_work.PACKAGE_CHANGED
    assert b"nothing was installed" in done.stderr
    assert mac.asked("installer") == []


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["/usr/bin", "/"],
        ["/usr/bin", "/", "/Applications"],
        ["/usr/bin", "/", "relative", "pkg", "00", "1", "-", "/f"],
        ["/usr/bin", "/", "/Applications", "pkg", "00", "1", "-"],
        ["/usr/bin", "/", "/Applications", "deb", "00", "1", "-", "/f"],
        ["/usr/bin", "/", "/Applications", "pkg", "00", "-1", "-", "/f"],
        ["/usr/bin", "/", "/Applications", "pkg", "00", "1", '" or true', "/f"],
        ["/usr/bin", "/", "/Applications", "pkg", "00", "1", "-", "/nowhere/f"],
    ],
)
def test_it_refuses_what_it_does_not_understand(words: list[str]) -> None:
    assert elevated(*words).returncode == macos_work.MISUSED


@pytest.mark.parametrize(
    "said",
    [
        "0:78: execution error: User canceled. (-128)\n",
        "0:78: execution error: The administrator user name or password was incorrect. (-60005)\n",
        "0:78: execution error: (-60007)\n",
    ],
)
def test_rights_that_were_not_given_leave_everything_as_it_was(mac: Mac, said: str) -> None:
    mac.tools.say("refused", said)

    with pytest.raises(NeedsRights) as caught:
        mac.install(make_pkg(mac.folder, "1"))

    assert caught.value.facts == {"name": "Survey Viewer SES"}
    assert mac.inventory.scan(KNOWN) == ()


def test_without_osascript_nobody_can_be_asked(mac: Mac) -> None:
    (mac.tools.folder / "osascript").unlink()

    assert not mac.installer.can_elevate()
    with pytest.raises(NeedsRights):
        mac.install(make_pkg(mac.folder, "1"))


def test_root_is_asked_nothing(mac: Mac, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    mac.install(make_pkg(mac.folder, "1"))

    assert mac.installer.can_elevate()
    assert mac.asked("osascript") == []
    assert mac.version() == "1"


def test_for_the_person_alone_there_is_no_question_and_another_target(mac: Mac) -> None:
    mac.install(make_pkg(mac.folder, "1"), scope="user", elevation="none")

    assert mac.asked("osascript") == []
    assert mac.asked("installer")[1][2:] == ["-target", "CurrentUserHomeDirectory", "-dumplog"]


def test_what_apples_installer_refuses_is_told_with_its_code_and_log(mac: Mac) -> None:
    mac.tools.say("installer-fails")

    with pytest.raises(InstallerFailed) as caught:
        mac.install(make_pkg(mac.folder, "1"))

    assert caught.value.facts == {"name": "Survey Viewer SES", "exit_code": 1, "log": mac.log}
    assert "installer: The install failed." in mac.log.read_text()


def test_the_catalogue_says_what_a_code_means(mac: Mac) -> None:
    mac.tools.say("installer-fails")

    with pytest.raises(InstallCancelled):
        mac.install(make_pkg(mac.folder, "1"), exit_codes={1: "cancelled"})


@pytest.mark.parametrize("action", ["RequireRestart", "RecommendRestart"])
def test_a_package_says_beforehand_that_the_computer_has_to_start_anew(mac: Mac, action: str) -> None:
    mac.tools.say("restart", plistlib.dumps({"RestartAction": action}).decode())

    assert mac.install(make_pkg(mac.folder, "1")) == Ended(restart=True)


def test_a_disk_that_is_full_for_the_one_with_rights_is_told_as_one(mac: Mac) -> None:
    said = f"0:9: execution error: No space left on device ({macos_work.DISK_FULL})"
    make_tool(mac.tools.folder, "osascript", f'echo "{said}" >&2; exit 1')

    with pytest.raises(DiskFull):
        mac.install(make_pkg(mac.folder, "1"))


def test_kinds_and_systems_that_do_not_fit_are_told(mac: Mac) -> None:
    other = Package("linux", "any", "a", "a.deb", 1, "", InstallRecipe("deb"))
    unknown = Package("macos", "any", "a", "a.pkg", 1, "", InstallRecipe("open"))

    assert mac.installer.obstacle(other) == "it is made for another system"
    assert mac.installer.obstacle(unknown) == "this version of CONNECTION Client does not know how"
    assert mac.installer.obstacle(mac.package(make_dmg(mac.folder, "1"))) == ""
