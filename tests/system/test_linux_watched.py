# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What rpm and flatpak change is noticed by the files that the client looks at."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from connection_client.bootstrap.local import local_of
from connection_client.products.inventory import Inventory
from connection_client.storage.folders import Folders
from connection_client.system.flatpak_detection import changed_files
from connection_client.system.rpm_detection import database_files
from tests.world import flatpaks
from tests.world.rpms import install_rpm, make_rpm


@pytest.mark.skipif(shutil.which("rpmbuild") is None, reason="rpm is not installed")
def test_an_rpm_that_comes_and_is_updated_is_noticed(tmp_path: Path) -> None:
    root = tmp_path / "root"
    install_rpm(root, make_rpm(tmp_path / "made", "mesh-viewer-ses", "1.0"))
    # Where rpm is a guest, as on Debian, the database lies in root's home; a link makes it the usual place.
    database = next(
        path for path in root.rglob("*") if path.name in ("rpmdb.sqlite", "Packages", "Packages.db")
    )
    if database.parent != root / "var/lib/rpm":
        (root / "var/lib/rpm").rmdir()
        (root / "var/lib/rpm").symlink_to(database.parent)
    inventory = Inventory((), database_files(root))
    stamps = [inventory.stamp()]
    for version in ("1.1", "1.2"):
        install_rpm(root, make_rpm(tmp_path / "made", "mesh-viewer-ses", version))
        stamps.append(inventory.stamp())
    assert len(set(stamps)) == 3


def test_what_stands_in_the_log_of_the_database_alone_is_noticed(tmp_path: Path) -> None:
    """SQLite may keep what was written beside the database until somebody tidies up, as dnf does."""
    folder = tmp_path / "usr/lib/sysimage/rpm"
    folder.mkdir(parents=True)
    with sqlite3.connect(folder / "rpmdb.sqlite") as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE Packages (hnum INTEGER)")
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        before = (folder / "rpmdb.sqlite").stat().st_mtime_ns
        inventory = Inventory((), database_files(tmp_path))
        stamp = inventory.stamp()
        database.execute("INSERT INTO Packages VALUES (1)")
        database.commit()
        assert (folder / "rpmdb.sqlite").stat().st_mtime_ns == before
        assert inventory.stamp() != stamp
    database.close()


@pytest.mark.skipif(shutil.which("flatpak") is None, reason="flatpak is not installed")
def test_a_flatpak_that_comes_and_is_updated_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FLATPAK_USER_DIR", "FLATPAK_SYSTEM_DIR", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    inventory = Inventory((), changed_files())
    stamps = [inventory.stamp()]
    for bundle in (
        flatpaks.make_runtime(tmp_path),
        flatpaks.make_bundle(tmp_path, "1.0"),
        flatpaks.make_bundle(tmp_path, "1.1"),
    ):
        words = ["flatpak", "install", "--user", "--noninteractive", "--or-update", "--bundle", str(bundle)]
        subprocess.run(words, check=True, capture_output=True)
        stamps.append(inventory.stamp())
    assert len(set(stamps)) == 4


def test_installations_of_flatpak_that_lie_elsewhere_are_looked_at(tmp_path: Path) -> None:
    settings = tmp_path / "etc/flatpak/installations.d"
    settings.mkdir(parents=True)
    (settings / "a.conf").write_text('[Installation "disk"]\nPath=/mnt/disk/flatpak\nDisplayName=Disk\n')
    (settings / "b.conf").write_bytes(b"no \xff file")
    (settings / "c.conf").write_text("[Installation]\nPath=relative\n")
    files = changed_files({"XDG_DATA_HOME": "/own"}, tmp_path)
    assert files == (
        Path("/own/flatpak/.changed"),
        tmp_path / "var/lib/flatpak/.changed",
        Path("/mnt/disk/flatpak/.changed"),
    )


def test_the_whole_client_looks_at_them(tmp_path: Path) -> None:
    local = local_of(Folders(*[tmp_path] * 6))
    try:
        assert set(local.watched) >= {*database_files(), *changed_files(os.environ)}
        assert Path("/usr/lib/sysimage/rpm/rpmdb.sqlite-wal") in local.watched
    finally:
        local.close()
