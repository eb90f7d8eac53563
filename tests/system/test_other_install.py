# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Kinds of packages beside deb: the real rpm in a root of its own, and AppImages in a person's folder."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from connection_client.domain.catalogue import InstallRecipe, Package
from connection_client.domain.errors import (
    FolderNotWritable,
    InstallerFailed,
    NotInstallable,
    PackageChanged,
)
from connection_client.products.inventory import Inventory
from connection_client.system.appimage_install import AppImageInstaller
from connection_client.system.desktop_detection import DesktopEntryDetector
from connection_client.system.linux_install import LinuxInstaller, PackageInstaller
from connection_client.system.rpm_detection import RpmDetector
from connection_client.updates.download import VerifiedFile
from connection_client.updates.install import Job
from tests.world.catalogues import catalogue, only, product_json
from tests.world.packages import make_deb
from tests.world.rpms import make_rpm

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may install into another root")
needs_rpm = pytest.mark.skipif(shutil.which("rpmbuild") is None, reason="rpm is not installed")


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def opened(stack: ExitStack, path: Path, kind: str) -> VerifiedFile:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    package = Package("linux", "any", path.name, path.name, len(content), digest, InstallRecipe(kind))
    return VerifiedFile(package, path, stack.enter_context(path.open("rb")))


def job(folder: Path, *files: VerifiedFile, version: str = "10.1.0.12") -> Job:
    return Job("Survey Viewer SES", files, folder / "logs/install.log", "survey-viewer", version)


@needs_root
@needs_rpm
def test_an_rpm_is_installed_updated_and_taken_back(tmp_path: Path, stack: ExitStack) -> None:
    root = tmp_path / "root"
    (root / "var/lib/rpm").mkdir(parents=True)
    installer = LinuxInstaller(PackageInstaller("deb", root), PackageInstaller("rpm", root))
    rule = {"detect": [{"type": "rpm", "value": "survey-viewer-ses"}]}
    known, inventory = catalogue(product_json("survey-viewer", **rule)), Inventory([RpmDetector(root)])
    old, new = (make_rpm(tmp_path, "survey-viewer-ses", version) for version in ("10.1.0.12", "10.2.0.7"))

    for path, version in ((old, "10.1.0.12"), (new, "10.2.0.7"), (old, "10.1.0.12")):
        installer.install(job(tmp_path, opened(stack, path, "rpm")))
        assert only(inventory.scan(known)).version_text == version


@needs_root
@needs_rpm
def test_what_is_no_rpm_fails_with_a_log(tmp_path: Path, stack: ExitStack) -> None:
    broken = tmp_path / "broken.rpm"
    broken.write_bytes(b"not a package")
    (tmp_path / "root").mkdir()
    task = job(tmp_path, opened(stack, broken, "rpm"))

    with pytest.raises(InstallerFailed):
        PackageInstaller("rpm", tmp_path / "root").install(task)

    assert "broken" in task.log.read_text() or "rpm" in task.log.read_text()


def test_a_debian_computer_takes_no_rpm_though_the_tool_is_there(tmp_path: Path, stack: ExitStack) -> None:
    status = tmp_path / "var/lib/dpkg/status"
    status.parent.mkdir(parents=True)
    status.touch()
    installer = LinuxInstaller(PackageInstaller("rpm", tmp_path))
    file = tmp_path / "a.rpm"
    file.write_bytes(b"x")

    assert installer.obstacle(opened(stack, file, "rpm").package)
    with pytest.raises(NotInstallable):
        installer.install(job(tmp_path, opened(stack, file, "rpm")))


def test_an_appimage_is_found_started_and_replaced(tmp_path: Path, stack: ExitStack) -> None:
    data = tmp_path / "data of a person"
    installer = AppImageInstaller(data)
    rule = {"detect": [{"type": "desktop-entry", "value": "survey-viewer.desktop"}]}
    known, inventory = (
        catalogue(product_json("survey-viewer", **rule)),
        Inventory([DesktopEntryDetector([data])]),
    )

    for version in ("10.1.0.12", "10.2.0.7"):
        made = tmp_path / f"{version}.AppImage"
        made.write_bytes(f"#!/bin/sh\necho {version}\n".encode())
        installer.install(job(tmp_path, opened(stack, made, "appimage"), version=version))

        found = only(inventory.scan(known))
        assert found.version_text == version
        program = Path(found.launch.command[0])
        assert program.read_bytes() == made.read_bytes()
        assert program.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in program.parent.iterdir()] == ["survey-viewer.AppImage"]


def test_a_changed_appimage_leaves_the_one_that_was_there(tmp_path: Path, stack: ExitStack) -> None:
    made = tmp_path / "a.AppImage"
    made.write_bytes(b"good")
    file = opened(stack, made, "appimage")
    installer = AppImageInstaller(tmp_path / "data")
    installer.install(job(tmp_path, file))
    made.write_bytes(b"evil")

    with pytest.raises(PackageChanged):
        installer.install(job(tmp_path, file))

    (program,) = (tmp_path / "data/connection-client/appimages").iterdir()
    assert program.read_bytes() == b"good"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, stack: ExitStack) -> None:
    made = tmp_path / "a.AppImage"
    made.write_bytes(b"good")
    (tmp_path / "data").write_text("a file where a folder belongs")

    with pytest.raises(FolderNotWritable):
        AppImageInstaller(tmp_path / "data").install(job(tmp_path, opened(stack, made, "appimage")))


@needs_root
def test_a_chain_of_two_kinds_goes_to_two_parts(tmp_path: Path, stack: ExitStack) -> None:
    from tests.world.computer import ScratchComputer

    computer = ScratchComputer(tmp_path / "root")
    deb = make_deb(tmp_path, "library-ses", "1.0")
    made = tmp_path / "a.AppImage"
    made.write_bytes(b"good")
    installer = LinuxInstaller(computer.installer, AppImageInstaller(tmp_path / "data"))

    installer.install(job(tmp_path, opened(stack, deb, "deb"), opened(stack, made, "appimage")))

    assert computer.version("library-ses") == "1.0"
    assert (tmp_path / "data/applications/survey-viewer.desktop").exists()
