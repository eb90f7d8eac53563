# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Stand-ins for services that are built in a process of their own, which runs only while it is needed."""

import logging
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from connection_client.bootstrap.services import Hooks, Services, downloads_folder, policy_file
from connection_client.domain.catalogue import Package
from connection_client.domain.errors import CenterUnreachable, DownloadNotGenuine
from connection_client.domain.key_store_errors import KeyStoreUnreachable
from connection_client.domain.language import N_
from connection_client.domain.progress import Phase, Progress
from connection_client.domain.settings import CENTER_URL
from connection_client.domain.update_settings import UPDATE_RING
from connection_client.rpc.process import Process, Remote
from connection_client.storage.files import stamp_of
from connection_client.storage.folders import Folders
from connection_client.storage.settings import SettingsFile
from connection_client.updates.download import Downloads, VerifiedFile
from connection_client.updates.policy import Decided, UpdatePolicy

if TYPE_CHECKING:
    from connection_client.backend.update_policy import CenterPolicy

SERVE = "--serve-calls"
STARTER = "connection-client"


def remote_services(folders: Folders, settings: SettingsFile, hooks: Hooks) -> Services:
    """Starts nothing yet."""
    process = Process(own_command(), {"hooks": hooks, "log": ForwardedLog()})

    def remote(target: str) -> Any:  # stands for any of the services, as the fields say
        return Remote(process, target, _cut_off)

    return Services(
        keys=cast("Any", Remote(process, "keys", KeyStoreUnreachable)),
        center=remote("center"),
        provider=remote("provider"),
        password=remote("password"),
        entitlements=remote("entitlements"),
        policy=cast("Any", KeptPolicy(remote("policy"), policy_file(folders), settings)),
        catalogue=remote("catalogue"),
        downloads=RemoteDownloads(downloads_folder(folders), remote("downloads")),
        applications=remote("applications"),
        support=remote("support"),
        messages=remote("messages"),
        way=remote("way"),
        awaited=lambda wanted: process.awaited(wanted=wanted),
        close=process.close,
    )


def own_command() -> list[str]:
    """How this program starts itself for calls."""
    if not getattr(sys, "frozen", False):
        starter = Path(sys.argv[0])
        if starter.name != STARTER:
            return [sys.executable, "-m", "connection_client", SERVE]
        # The one of a package or an environment, with the options that its first line gives to Python.
        options = [name for name, on in (("-I", sys.flags.isolated), ("-S", sys.flags.no_site)) if on]
        return [sys.executable, *options, str(starter.absolute()), SERVE]
    # Of the two programs of the setup for Windows, only the one for command lines surely has pipes.
    console = Path(sys.executable).with_name("connection-client.exe")
    return [str(console) if console.exists() else sys.executable, SERVE]


def _cut_off() -> CenterUnreachable:
    return CenterUnreachable(
        host="CONNECT Center", reason=N_("the part of the client that asks it has ended")
    )


class ForwardedLog:
    """Takes what the other process writes into its log."""

    def handle(self, record: Mapping[str, object]) -> None:
        """A record as `logging.LogRecord` keeps it, with its text made."""
        made = logging.makeLogRecord(dict(record))
        logging.getLogger(made.name).handle(made)


class KeptPolicy:
    """What the other process has read of the policy holds as long as the file and the settings behind it do.

    Or each look at this computer would start that process.
    """

    def __init__(self, remote: "CenterPolicy", file: Path, settings: SettingsFile) -> None:
        self._remote, self._file, self._settings = remote, file, settings
        self._known: tuple[object, UpdatePolicy] | None = None

    def current(self) -> UpdatePolicy:
        """As the port says; the signature is checked whenever the file has changed."""
        stamp, known = self._stamp(), self._known
        if known is not None and known[0] == stamp:
            return known[1]
        policy = self._remote.current()
        self._known = stamp, policy
        return policy

    def decided(self) -> Decided | None:
        """As the port says."""
        return self._remote.decided()

    def refresh(self) -> None:
        """As the port says; what changed by it changes the file."""
        self._remote.refresh()

    def _stamp(self) -> object:
        return stamp_of(self._file), self._settings.get(UPDATE_RING), self._settings.get(CENTER_URL)


class RemoteDownloads:
    """The other process downloads; this one looks at the file itself before anybody uses it."""

    def __init__(self, folder: Path, remote: Downloads) -> None:
        self._folder, self._remote = folder, remote

    def fetch(
        self, package: Package, on_progress: Callable[[Progress], None], cancelled: threading.Event
    ) -> VerifiedFile:
        """As the port says; the handle is of this process, and was hashed here."""
        self._remote.fetch(package, on_progress, cancelled)
        on_progress(Progress(Phase.VERIFYING, package.length, package.length))
        from connection_client.backend.part_file import finished_file  # OpenSSL, and packages are rare

        file = finished_file(self._folder, package)
        if file is None:
            raise DownloadNotGenuine(filename=package.filename)
        return file

    def discard(self, package: Package) -> None:
        """Remove the file and its part."""
        self._remote.discard(package)
