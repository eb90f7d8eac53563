# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What stands in the tray's process for the other one asks it when there is something to ask."""

import os
import sys
import threading
from pathlib import Path
from typing import Any, cast

import pytest

from connection_client.backend.part_file import finished_path
from connection_client.bootstrap import remote_services as made_for_the_tray
from connection_client.bootstrap.remote_services import (
    KeptPolicy,
    RemoteDownloads,
    own_command,
    remote_services,
)
from connection_client.bootstrap.services import Hooks
from connection_client.domain.accounts import SessionState, SessionStatus
from connection_client.domain.catalogue import InstallRecipe, Package
from connection_client.domain.errors import CenterUnreachable, DownloadNotGenuine
from connection_client.domain.key_store_errors import KeyStoreUnreachable
from connection_client.domain.progress import Phase, Progress
from connection_client.domain.update_settings import UPDATE_RING
from connection_client.storage.folders import Folders
from connection_client.storage.settings import SettingsFile
from connection_client.updates.policy import UpdatePolicy


class Counted:
    """A policy that counts who asks for it."""

    def __init__(self) -> None:
        self.asked = 0

    def current(self) -> UpdatePolicy:
        self.asked += 1
        return UpdatePolicy((), f"answer {self.asked}")


def test_the_policy_is_read_again_when_its_file_or_its_settings_change(tmp_path: Path) -> None:
    file, far = tmp_path / "policy.json", Counted()
    settings = SettingsFile(tmp_path, tmp_path / "none.json")
    policy = KeptPolicy(cast("Any", far), file, settings)

    assert {policy.current().ring for _ in range(3)} == {"answer 1"}
    file.write_text("one")
    assert {policy.current().ring for _ in range(3)} == {"answer 2"}
    other = tmp_path / "other.json"
    other.write_text("two")
    os.utime(other, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    other.replace(file)  # as long and as old, and another file
    assert policy.current().ring == "answer 3"
    settings.set(UPDATE_RING, "pilot")
    assert {policy.current().ring for _ in range(3)} == {"answer 4"}


PACKAGE = Package(
    os="linux",
    architecture="x86_64",
    path="a/b.deb",
    filename="b.deb",
    length=5,
    sha256="2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",  # of "hello"
    install=InstallRecipe(kind="deb"),
)


class Brought:
    """The other process: it leaves what it was told to leave."""

    def __init__(self, folder: Path, content: bytes | None) -> None:
        self._folder, self._content = folder, content

    def fetch(self, package: Package, _tell: object, _cancelled: object) -> None:
        if self._content is not None:
            finished_path(self._folder, package).write_bytes(self._content)


def test_a_package_is_looked_at_by_the_process_that_uses_it(tmp_path: Path) -> None:
    told: list[Progress] = []
    downloads = RemoteDownloads(tmp_path, cast("Any", Brought(tmp_path, b"hello")))
    with downloads.fetch(PACKAGE, told.append, threading.Event()) as file:
        assert file.is_genuine()
    assert [progress.phase for progress in told] == [Phase.VERIFYING]


@pytest.mark.parametrize("content", [None, b"hallo", b"hello!"])
def test_what_was_not_signed_is_refused_and_removed(tmp_path: Path, content: bytes | None) -> None:
    downloads = RemoteDownloads(tmp_path, cast("Any", Brought(tmp_path, content)))
    with pytest.raises(DownloadNotGenuine):
        downloads.fetch(PACKAGE, lambda _progress: None, threading.Event())
    assert not finished_path(tmp_path, PACKAGE).exists()


def test_it_is_started_as_this_one_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "argv", ["/somewhere/connection_client/__main__.py", "--hidden"])
    assert own_command() == [sys.executable, "-m", "connection_client", "--serve-calls"]
    starter = tmp_path / "connection-client"
    monkeypatch.setattr(sys, "argv", [str(starter), "--hidden"])
    assert own_command() == [sys.executable, str(starter), "--serve-calls"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "CONNECTION Client.exe"))
    assert own_command() == [str(tmp_path / "CONNECTION Client.exe"), "--serve-calls"]
    (tmp_path / "connection-client.exe").touch()
    assert own_command() == [str(tmp_path / "connection-client.exe"), "--serve-calls"]


def test_a_process_that_cannot_stay_is_an_outage_and_no_locked_key_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made_for_the_tray, "own_command", lambda: [sys.executable, "-c", "pass"])
    hooks = Hooks(lambda: "", lambda: SessionState(SessionStatus.SIGNED_OUT), lambda _proxy: None)
    settings = SettingsFile(tmp_path, tmp_path / "none.json")
    services = remote_services(Folders.of_this_user(), settings, hooks)
    with pytest.raises(KeyStoreUnreachable):
        services.keys.get("refresh token")
    with pytest.raises(CenterUnreachable):
        services.center.links()
    services.close()
