# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""From a server on loopback to a program that is installed: download, resume, check, install, detect."""

import hashlib
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from connection_client.backend.downloads import RangeDownloads
from connection_client.backend.http import open_client
from connection_client.domain.catalogue import InstallRecipe, Package
from connection_client.domain.errors import DownloadCancelled, DownloadNotGenuine
from connection_client.domain.progress import Progress
from connection_client.storage.settings import SettingsFile
from connection_client.system.windows_install import WindowsInstaller
from connection_client.updates.install import Job
from tests.windows.loopback import INTERNET_SETTINGS, serving
from tests.windows.setup_files import version_now
from tests.windows.world import FOR_ONE, SETUPS, key, remove_small_viewer

assert sys.platform == "win32"  # tells the type checker so, too

SETUP = SETUPS / "small-10.2.0.7.exe"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[httpx.Client]:
    with open_client(SettingsFile(tmp_path)) as http:
        yield http


def package() -> Package:
    content = SETUP.read_bytes()
    recipe = InstallRecipe("nsis", "user", "self", {"silent": ("/S",)})
    digest = hashlib.sha256(content).hexdigest()
    return Package("windows", "x64", "small.exe", "small.exe", len(content), digest, recipe)


def downloads(client: httpx.Client, address: str, folder: Path) -> RangeDownloads:
    return RangeDownloads(client, lambda: address, folder, lambda: "")


def ignore(_: Progress) -> None:
    """Nobody watches."""


def test_a_download_ends_in_an_installed_program(client: httpx.Client, tmp_path: Path) -> None:
    with serving(SETUP.read_bytes()) as (address, _):
        source = downloads(client, address, tmp_path / "downloads")
        with source.fetch(package(), ignore, threading.Event()) as file:
            assert file.is_genuine()
            assert file.path.suffix == ".exe"
            WindowsInstaller().install(Job("Small Viewer SES", (file,), tmp_path / "install.log"))
        assert version_now() == ["10.2.0.7"]
        remove_small_viewer()
        with source.fetch(package(), ignore, threading.Event()) as again:
            assert again.is_genuine()
        source.discard(package())
        assert not list((tmp_path / "downloads").glob("*.exe"))


def test_a_download_goes_on_where_it_was_left(client: httpx.Client, tmp_path: Path) -> None:
    content = SETUP.read_bytes()
    with serving(content) as (address, asked):
        source, cancelled = downloads(client, address, tmp_path / "downloads"), threading.Event()

        def stop(progress: Progress) -> None:
            if 0 < progress.done < len(content):
                cancelled.set()

        with pytest.raises(DownloadCancelled):
            source.fetch(package(), stop, cancelled)
        with source.fetch(package(), ignore, threading.Event()) as file:
            assert file.is_genuine()
    assert len(asked) == 2
    assert "bytes=" in asked[1]


def test_another_file_of_the_same_length_is_refused(client: httpx.Client, tmp_path: Path) -> None:
    wrong = SETUP.read_bytes().replace(b"Nullsoft", b"Nullsof!")
    with serving(wrong) as (address, _), pytest.raises(DownloadNotGenuine):
        downloads(client, address, tmp_path / "downloads").fetch(package(), ignore, threading.Event())
    assert not list((tmp_path / "downloads").glob("*.exe"))


def test_the_proxy_of_windows_is_taken(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with serving(b"from the proxy") as (address, asked):
        proxy = address.removeprefix("http://")
        values: dict[str, str | int] = {"ProxyEnable": 1, "ProxyServer": proxy, "ProxyOverride": "*.inside"}
        with key(FOR_ONE, INTERNET_SETTINGS, **values):
            assert client.get("http://center.example/hello").content == b"from the proxy"
    assert asked == ["http://center.example/hello"]
