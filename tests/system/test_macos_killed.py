# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The plug is pulled while an application on a Mac is put in its place: it is the old one or the new one."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from connection_client.system import macos_elevated_install
from tests.world.mac import Mac
from tests.world.mac_tools import TEAM, make_dmg
from tests.world.macintosh import make_bundle, make_tool


class Running:
    """The part with rights while it puts an application in its place."""

    def __init__(self, mac: Mac, image: Path) -> None:
        package, self._mac = mac.package(image), mac
        self._before = len(mac.asked("hdiutil"))
        words = [mac.tools.path, "/", str(mac.folders[0])]
        words += ["dmg-app", package.sha256, str(package.length), TEAM, str(image)]
        command = [sys.executable, "-m", "connection_client", "--install-packages", *words]
        self.process = subprocess.Popen(
            command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def wait_for_the_image(self) -> None:
        while len(self._mac.asked("hdiutil")) == self._before:
            assert self.process.poll() is None
            time.sleep(0.002)

    def kill(self) -> None:
        """Pull the plug; what lies in folders of the system's is cleared as by its next start."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        shutil.rmtree(self._mac.asked("hdiutil")[self._before][6], ignore_errors=True)


def test_killed_in_the_middle_it_leaves_the_old_one_and_the_next_try_works(mac: Mac) -> None:
    """The plug is pulled while the new one lies half copied beside the old one."""
    make_bundle(mac.folders[0], "Survey Viewer", "10.1")
    make_tool(mac.tools.folder, "ditto", 'mkdir "$2"; cp -a "$1/Contents" "$2/"; sleep 60')
    image = make_dmg(mac.folder, "10.2")
    running = Running(mac, image)
    running.wait_for_the_image()
    while not list(mac.folders[0].glob(".connection-client-*/*/Contents/Info.plist")):
        assert running.process.poll() is None
        time.sleep(0.02)
    running.kill()

    assert mac.version() == "10.1"
    (left,) = mac.hidden()
    os.utime(mac.folders[0] / left, (1, 1))

    make_tool(mac.tools.folder, "ditto", 'cp -a "$1" "$2"')
    mac.install(image, elevation="self")
    assert mac.version() == "10.2"
    assert mac.hidden() == []


def test_killed_at_any_moment_there_is_a_whole_one(mac: Mac) -> None:
    """Two versions in turn, each cut off somewhere between the image and the end."""
    images = {version: make_dmg(mac.folder, version, padding=4 << 20) for version in ("10.1", "10.2")}
    mac.install(images["10.1"], elevation="self")
    seen = set()
    for number in range(16):
        before = mac.version()
        wanted = "10.2" if before == "10.1" else "10.1"
        running = Running(mac, images[wanted])
        running.wait_for_the_image()
        time.sleep(number * 0.01)
        running.kill()

        after = mac.version()
        assert after in (before, wanted)
        bundle = mac.folders[0] / "Survey Viewer.app/Contents"
        assert (bundle / "data").stat().st_size == 4 << 20
        assert (bundle / "MacOS/viewer").read_text() == f"#!/bin/sh\necho {after}\n"
        seen.add(after == wanted)

    assert False in seen  # the first ones are cut off at once


def test_what_a_plug_left_in_the_systems_folder_is_removed_after_a_day(tmp_path: Path) -> None:
    old, young, other, link = (tmp_path / f"connection-client-{name}" for name in ("a", "b", "c", "d"))
    for folder in (old, young, tmp_path / "else"):
        folder.mkdir()
        (folder / "0-x.dmg").touch()
    other.touch()
    link.symlink_to(tmp_path / "else")
    for path in (old, other, tmp_path / "else"):
        os.utime(path, (1, 1))
    os.utime(link, (1, 1), follow_symlinks=False)

    macos_elevated_install.forget_old(tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == {young.name, other.name, link.name, "else"}
    assert (tmp_path / "else/0-x.dmg").exists()
