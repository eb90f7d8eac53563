# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A person's folders lie deeper than 260 characters, and everything goes on as elsewhere."""

import hashlib
import logging
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from connection_client.backend.downloads import RangeDownloads
from connection_client.backend.http import open_client
from connection_client.bootstrap.log import keep_log
from connection_client.domain.catalogue import Package
from connection_client.domain.errors import InstallerFailed, PackageChanged
from connection_client.domain.long_paths import plain, reachable
from connection_client.domain.progress import Progress
from connection_client.domain.settings import LANGUAGE
from connection_client.storage.folders import Folders
from connection_client.storage.history import HistoryFile
from connection_client.storage.kept_packages import PackageFolder
from connection_client.storage.settings import SettingsFile
from connection_client.storage.update_locks import lock_beside
from connection_client.system.windows_computer import this_computer
from connection_client.system.windows_elevation import Elevation
from connection_client.system.windows_install import WindowsInstaller
from connection_client.system.windows_near import near_file, near_log
from connection_client.system.windows_trust import signer_of
from connection_client.updates.download import VerifiedFile
from connection_client.updates.install import Job
from tests.windows.loopback import serving
from tests.windows.setup_files import package, version_now
from tests.windows.short_paths import MOST, short_paths
from tests.windows.world import SETUPS, remove_small_viewer

assert sys.platform == "win32"  # tells the type checker so, too

SETUP = SETUPS / "small-10.2.0.7.exe"


@pytest.fixture
def commands() -> Iterator[list[list[str]]]:
    with short_paths() as started:
        yield started
    remove_small_viewer()


@pytest.fixture
def folders(tmp_path: Path, commands: list[list[str]]) -> Folders:
    deep = tmp_path.joinpath(*["person" * 6] * 8)
    assert len(str(deep)) > 300
    return Folders.under(deep)


def ignore(_: Progress) -> None:
    """Nobody watches."""


def downloaded(folders: Folders, address: str, wanted: Package) -> VerifiedFile:
    with open_client(SettingsFile(folders.config)) as client:
        source = RangeDownloads(client, lambda: address, folders.cache / "downloads", lambda: "")
        return source.fetch(wanted, ignore, threading.Event())


def test_the_limit_is_kept_up(tmp_path: Path, commands: list[list[str]]) -> None:
    deep = tmp_path.joinpath(*["a" * 40] * 8)
    with pytest.raises(FileNotFoundError):
        deep.mkdir(parents=True)
    reachable(deep).mkdir(parents=True)
    with pytest.raises(FileNotFoundError):
        (deep / "file").write_text("never")
    (reachable(deep) / "file").write_text("kept")
    assert [path.name for path in reachable(deep).iterdir()] == ["file"]


def test_a_package_is_downloaded_checked_installed_kept_and_removed(
    folders: Folders, commands: list[list[str]]
) -> None:
    wanted, log = package(SETUP), folders.logs / "installations" / "20261124-120000-small-viewer.log"
    log.parent.mkdir()
    kept = PackageFolder(folders.state / "packages")
    with serving(SETUP.read_bytes()) as (address, _), downloaded(folders, address, wanted) as file:
        assert len(str(plain(file.path))) > MOST
        assert file.is_genuine()
        kept.keep("small-viewer", file)
        WindowsInstaller().install(Job("Small Viewer SES", (file,), log))
    assert version_now() == ["10.2.0.7"]
    (command,) = [words for words in commands if words[-1] == "/S"]
    assert len(command[0]) <= MOST
    assert not Path(command[0]).exists()  # the copy is gone
    assert log.with_suffix(".output.log").exists()
    with open_client(SettingsFile(folders.config)) as client:
        RangeDownloads(client, str, folders.cache / "downloads", str).discard(wanted)
    assert not list((folders.cache / "downloads").iterdir())

    again = kept.of("small-viewer", wanted)
    assert again is not None
    with again:
        assert again.is_genuine()
    two_others(kept, folders, wanted)
    assert not kept.has("small-viewer", wanted)  # two are kept
    assert len(list((folders.state / "packages" / "small-viewer").iterdir())) == 2


def two_others(kept: PackageFolder, folders: Folders, wanted: Package) -> None:
    """Two more packages of the same product are kept."""
    for version in (b"older", b"oldest"):
        other = replace(wanted, sha256=hashlib.sha256(version).hexdigest(), length=len(version))
        path = folders.cache / f"{version.decode()}.exe"
        path.write_bytes(version)
        with VerifiedFile(other, path, path.open("rb")) as one:
            kept.keep("small-viewer", one)


def test_a_download_that_was_cut_goes_on(folders: Folders) -> None:
    wanted = package(SETUP)
    part = folders.cache / "downloads" / f"{wanted.sha256}.part"
    part.parent.mkdir()
    part.write_bytes(SETUP.read_bytes()[:5000])
    with serving(SETUP.read_bytes()) as (address, asked), downloaded(folders, address, wanted) as file:
        assert file.is_genuine()
    assert "bytes=5000-" in asked[0]


def test_a_copy_of_another_file_is_not_started(folders: Folders) -> None:
    path = folders.cache / "setup.exe"
    path.write_bytes(SETUP.read_bytes())
    wanted = package(SETUPS / "small-10.1.0.12.exe")
    file = VerifiedFile(wanted, path, path.open("rb"))
    with file, pytest.raises(PackageChanged), near_file(file):
        pytest.fail("it was within reach")


def test_a_file_that_is_handed_over_may_lie_deep_too(folders: Folders) -> None:
    handed = folders.data / ("given by the administrator " * 5 + ".exe")
    handed.write_bytes((SETUPS / "signed.exe").read_bytes())
    signed = replace(
        package(SETUPS / "signed.exe"),
        signer={"authenticode_subject_o": "Example Systems, Incorporated"},
    )
    assert signer_of(handed) == "Example Systems, Incorporated"
    with VerifiedFile(signed, handed, handed.open("rb")) as file:
        WindowsInstaller().install(Job("Small Viewer SES", (file,), folders.logs / "install.log"))
    assert version_now() == ["10.1.0.12"]


def test_what_has_rights_takes_it_from_there_as_well(folders: Folders) -> None:
    name = "given by the administrator, and named as nobody else would name it, " * 3 + ".exe"
    deep = folders.cache / name
    deep.write_bytes(SETUP.read_bytes())
    installer = WindowsInstaller(Elevation(), is_elevated=lambda: False)
    wanted = package(SETUP, "/SCOPE=machine", elevation="required")
    try:
        with VerifiedFile(wanted, deep, deep.open("rb")) as file:
            installer.install(Job("Small Viewer SES", (file,), folders.logs / "install.log"))
    finally:
        installer.close()
    assert version_now() == ["10.2.0.7"]


def test_a_log_that_was_written_nearer_ends_in_its_place(folders: Folders, tmp_path: Path) -> None:
    log = folders.logs / "install.log"
    with near_log(log) as near:
        assert len(str(near)) <= MOST
        near.write_text("written by the setup")
    assert log.read_text() == "written by the setup"
    assert not near.parent.exists()
    with near_log(tmp_path / "install.log") as near:
        assert near == tmp_path / "install.log"


def test_msiexec_gets_a_file_and_a_log_within_its_reach(folders: Folders, commands: list[list[str]]) -> None:
    broken = folders.cache / "survey.msi"
    broken.write_bytes(b"no package of Windows Installer")
    log = folders.logs / "install.log"
    with (
        VerifiedFile(package(broken, kind="msi"), broken, broken.open("rb")) as file,
        pytest.raises(InstallerFailed),
    ):
        WindowsInstaller().install(Job("Survey Viewer SES", (file,), log))
    (command,) = [words for words in commands if words[0].endswith("msiexec.exe")]
    assert command[1] == "/i"
    assert all(len(word) <= MOST for word in command)


def test_settings_history_locks_and_the_log_are_kept(folders: Folders) -> None:
    settings = SettingsFile(folders.config)
    settings.set(LANGUAGE, "de")
    assert SettingsFile(folders.config).get(LANGUAGE) == "de"
    history = folders.state / "history.jsonl"
    assert HistoryFile(history, lock_beside(history)).entries() == ()
    before = list(logging.root.handlers)
    keep_log(folders.logs)
    (handler,) = [one for one in logging.root.handlers if one not in before]
    try:
        logging.getLogger("connection_client").warning("written down there")
        assert "written down there" in (folders.logs / "client.log").read_text()
    finally:
        logging.root.removeHandler(handler)
        handler.close()
    assert this_computer(WindowsInstaller()).free_bytes
