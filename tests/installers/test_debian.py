# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The Debian packages before Debian's own judges: lintian, and a computer with nothing else on it."""

import json
import os
import platform
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from connection_client.version import VERSION
from tests.installers.conftest import SOURCE

MIRROR = "http://deb.debian.org/debian"
# What the packages do on purpose; installers/debian/lintian-overrides says why.
ON_PURPOSE = {
    "dir-or-file-in-opt",
    "package-installs-python-pycache-dir",
    "unstripped-binary-or-object",
    "embedded-library",
}
MEGABYTE = 1_000_000


@pytest.mark.timeout(300)
@pytest.mark.skipif(shutil.which("lintian") is None, reason="lintian is not installed; ./run test does so")
def test_lintian_finds_no_error(packages: dict[str, Path]) -> None:
    command = ["lintian", "--allow-root", "--fail-on", "error", *map(str, packages.values())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert not [line for line in done.stdout.splitlines() if line.startswith("E:")]


def test_the_client_is_small_enough(client_package: Path) -> None:
    assert client_package.stat().st_size <= 60 * MEGABYTE


@dataclass(frozen=True)
class Root:
    """A Debian in a folder; programs run in it as they would on a computer of its own."""

    folder: Path

    def run(self, *command: str, fails: bool = False) -> str:
        environment = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "/root",
            "LC_ALL": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
            "QT_QPA_PLATFORM": "offscreen",
        }
        done = subprocess.run(
            ["chroot", str(self.folder), *command],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert fails or done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout

    def installed(self) -> set[str]:
        """The names of the packages that are there."""
        shown = self.run("dpkg-query", "-W", "-f", "${db:Status-Abbrev}${Package}\n")
        return {line[3:].strip() for line in shown.splitlines() if line.startswith("ii ")}

    def files(self) -> set[Path]:
        """Every file but what apt and dpkg remember, logs and caches."""
        kept = ("var/lib", "var/log", "var/cache", "proc", "dev", "sys", "run", "tmp", "repository", "root/.")
        found = (path.relative_to(self.folder) for path in self.folder.rglob("*") if not path.is_dir())
        return {path for path in found if not str(path).startswith(kept) and "__pycache__" not in path.parts}


@pytest.fixture(scope="module")
def root(
    asked_for: None, packages: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Root]:
    """A fresh Debian with a repository of our packages; made only where these tests were asked for."""
    if os.geteuid() != 0:
        pytest.skip("only root can make a Debian in a folder; run this as root")
    missing = [name for name in ("debootstrap", "dpkg-scanpackages") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"{missing[0]} is not installed; ./run test tests/installers does so")
    folder = tmp_path_factory.mktemp("debian")
    suite = platform.freedesktop_os_release().get("VERSION_CODENAME", "")
    made = subprocess.run(
        ["debootstrap", "--variant=minbase", suite, str(folder), MIRROR],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        pytest.skip(f"no Debian could be had from {MIRROR}: {made.stdout.strip().splitlines()[-1:]}")
    _add_repository(folder, packages)
    yield Root(folder)
    shutil.rmtree(folder)


def _add_repository(folder: Path, packages: dict[str, Path]) -> None:
    repository = folder / "repository"
    repository.mkdir()
    for name, path in packages.items():
        shutil.copy(path, repository / name)
    listed = subprocess.run(
        ["dpkg-scanpackages", "--multiversion", "."],
        cwd=repository,
        capture_output=True,
        text=True,
        check=True,
    )
    (repository / "Packages").write_text(listed.stdout)
    (folder / "etc/apt/sources.list.d/ours.list").write_text("deb [trusted=yes] file:/repository ./\n")
    # Nothing of it is started, as on any computer that is being made.
    (folder / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")
    (folder / "usr/sbin/policy-rc.d").chmod(0o755)


@pytest.mark.timeout(1500)
def test_an_application_brings_the_client_along_and_everything_goes_again(root: Root) -> None:
    root.run("apt-get", "update")
    before, files = root.installed(), root.files()
    root.run("apt-get", "install", "--yes", "--no-install-recommends", "survey-viewer-ses=10.1.0.12")
    assert {"survey-viewer-ses", "connection-client"} <= root.installed()
    assert root.run("connection-client", "--version") == f"CONNECTION Client {VERSION}\n"
    assert json.loads(root.run("connection-client", "status", "--json"))["status"] == "signed-out"
    assert root.run("survey-viewer-ses", "--version") == "Survey Viewer SES 10.1.0.12\n"
    found = json.loads(root.run("connection-client", "settings", "show", "--json"))
    assert found["check_hours"]["value"] == 4
    # Every library of Qt is there: nothing but the declared dependencies was installed.
    root.run("python3", "-IS", "-c", _LOADS_QT)

    root.run("apt-get", "install", "--yes", "--no-install-recommends", "survey-viewer-ses")
    assert root.run("survey-viewer-ses", "--version") == "Survey Viewer SES 10.2.0.7\n"

    root.run("apt-get", "purge", "--yes", "--autoremove", "survey-viewer-ses", "connection-client")
    assert root.installed() == before
    assert not {path for path in root.files() - files if "connection" in str(path) or "survey" in str(path)}


_LOADS_QT = """
import sys
home = "/opt/connection-client"
sys.path[:0] = [home, home + "/vendor"]
from pathlib import Path
import ctypes
from PySide6 import QtCore, QtDBus, QtGui, QtNetwork, QtSvg, QtSvgWidgets, QtWidgets
for plugin in Path(home, "vendor/PySide6/Qt/plugins/platforms").glob("*xcb*.so"):
    ctypes.CDLL(str(plugin))
QtWidgets.QApplication(sys.argv[:1])
"""


def test_what_lintian_is_told_is_explained() -> None:
    text = (SOURCE / "installers/debian/lintian-overrides").read_text("utf-8")
    told = {line.split()[1] for line in text.splitlines() if line and not line.startswith("#")}
    assert told == ON_PURPOSE
