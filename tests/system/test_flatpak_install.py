# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Real flatpak bundles in a person's installation of their own: installed, updated, taken back, refused."""

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from connection_client.domain.catalogue import InstallRecipe, Package
from connection_client.domain.errors import InstallerFailed, PackageChanged
from connection_client.products.inventory import Inventory
from connection_client.system.flatpak_detection import FlatpakDetector
from connection_client.system.flatpak_install import FlatpakInstaller
from connection_client.system.linux_computer import this_computer
from connection_client.system.linux_install import LinuxInstaller, PackageInstaller
from connection_client.updates.download import VerifiedFile
from connection_client.updates.install import Job
from tests.world.catalogues import catalogue, only, product_json
from tests.world.flatpaks import ID, make_bundle, make_runtime, run

pytestmark = pytest.mark.skipif(shutil.which("flatpak") is None, reason="flatpak is not installed")


@pytest.fixture(autouse=True)
def _person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("FLATPAK_USER_DIR", str(home / "flatpak"))
    yield
    subprocess.run(["flatpak", "uninstall", "--user", "--all", "-y"], check=False, capture_output=True)


@pytest.fixture
def runtime(tmp_path: Path) -> None:
    run("install", "--user", "--noninteractive", "--bundle", str(make_runtime(tmp_path)))


def job(folder: Path, path: Path) -> Job:
    content = path.read_bytes()
    recipe = InstallRecipe("flatpak", scope="user", elevation="none")
    digest = hashlib.sha256(content).hexdigest()
    package = Package("linux", "x64", path.name, path.name, len(content), digest, recipe)
    file = VerifiedFile(package, path, path.open("rb"))
    return Job("Mesh Viewer SES", (file,), folder / "logs/install.log", "mesh-viewer", "1.0")


def install(folder: Path, path: Path) -> None:
    made = job(folder, path)
    with made.files[0]:
        LinuxInstaller(PackageInstaller("deb"), FlatpakInstaller()).install(made)


def installed() -> str:
    rule = {"detect": [{"type": "flatpak", "value": ID}]}
    known = catalogue(product_json("mesh-viewer", **rule))
    return str(only(Inventory([FlatpakDetector()]).scan(known)).version_text)


@pytest.mark.usefixtures("runtime")
def test_a_bundle_is_installed_updated_and_taken_back(tmp_path: Path) -> None:
    old, new = make_bundle(tmp_path, "1.0"), make_bundle(tmp_path, "1.1")

    for path, version in ((old, "1.0"), (new, "1.1"), (old, "1.0")):
        install(tmp_path, path)
        assert installed() == version

    assert b"Installing app/com.example.MeshViewer" in (tmp_path / "logs/install.log").read_bytes()


def test_without_its_runtime_it_fails_and_the_log_says_why(tmp_path: Path) -> None:
    with pytest.raises(InstallerFailed):
        install(tmp_path, make_bundle(tmp_path, "1.0"))

    assert "requires the runtime com.example.Platform" in (tmp_path / "logs/install.log").read_text()


@pytest.mark.usefixtures("runtime")
def test_a_bundle_that_was_changed_or_exchanged_is_refused(tmp_path: Path) -> None:
    path = make_bundle(tmp_path, "1.0")
    made = job(tmp_path, path)
    with made.files[0]:
        path.unlink()
        path.write_bytes(b"another one")

        with pytest.raises(PackageChanged):
            FlatpakInstaller().install(made)
    assert not (tmp_path / "logs/install.log").exists()


def test_a_computer_with_flatpak_takes_bundles_and_one_without_says_why(tmp_path: Path) -> None:
    with job(tmp_path, make_bundle(tmp_path, "1.0")).files[0] as file:
        package = file.package
    assert "flatpak" in this_computer(FlatpakInstaller()).installs
    assert FlatpakInstaller("no-flatpak").obstacle(package) == "flatpak is not on this computer"
    assert FlatpakInstaller().can_elevate() == PackageInstaller("deb").can_elevate()
