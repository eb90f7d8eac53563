# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The process of its own: serves calls on its standard input and output until its user has gone."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import fields
from typing import BinaryIO, cast

from connection_client.bootstrap.local_services import local_services
from connection_client.bootstrap.services import Hooks, Services
from connection_client.domain.accounts import SessionState
from connection_client.domain.catalogue import Package
from connection_client.domain.progress import Progress
from connection_client.domain.proxies import ProxyLogin
from connection_client.rpc.channel import Channel
from connection_client.storage.folders import Folders
from connection_client.storage.key_store import KeyStore
from connection_client.storage.settings import SettingsFile
from connection_client.updates.download import Downloads


def serve() -> int:
    """Until the other side has gone; the exit status is 0."""
    # Who stops the program by a key stops the one that people see; this one follows it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    reader, writer = _pipes()
    targets: dict[str, object] = {}
    channel = Channel(reader, writer, targets)
    _forward_log(channel)
    folders = Folders.of_this_user()
    services = local_services(folders, SettingsFile(folders.config), KeyStore(), _hooks(channel))
    targets.update(_targets(services))
    channel.serve()
    return 0


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output for calls alone: what any library prints goes to the standard error."""
    reader, writer = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (reader, writer):
            msvcrt.setmode(descriptor, os.O_BINARY)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    try:
        os.dup2(2, 1)
    except OSError:  # a program without a console may have no standard error
        os.dup2(nothing, 1)
    os.close(nothing)
    return os.fdopen(reader, "rb"), os.fdopen(writer, "wb")


def _targets(services: Services) -> dict[str, object]:
    targets = {field.name: getattr(services, field.name) for field in fields(services)}
    del targets["close"], targets["awaited"]
    return targets | {"downloads": _Finished(services.downloads)}


def _hooks(channel: Channel) -> Hooks:
    def access_token() -> str:
        return cast("str", channel.call("hooks", "access_token", (), {}))

    def state() -> SessionState:
        return cast("SessionState", channel.call("hooks", "state", (), {}))

    def proxy_login(proxy: str) -> ProxyLogin | None:
        return cast("ProxyLogin | None", channel.call("hooks", "proxy_login", (proxy,), {}))

    return Hooks(access_token, state, proxy_login)


class _Finished:
    """Downloads whose open handles cannot leave this process: the file is left, its user opens it anew."""

    def __init__(self, downloads: Downloads) -> None:
        self._downloads = downloads

    def fetch(
        self, package: Package, on_progress: Callable[[Progress], None], cancelled: threading.Event
    ) -> None:
        """Until the file is whole and genuine."""
        self._downloads.fetch(package, on_progress, cancelled).close()

    def discard(self, package: Package) -> None:
        """Remove the file and its part."""
        self._downloads.discard(package)


class _Forwarding(logging.Handler):
    """Sends records to the process that keeps the log."""

    def __init__(self, channel: Channel) -> None:
        super().__init__()
        self._channel = channel
        self._formatter = logging.Formatter()

    def emit(self, record: logging.LogRecord) -> None:
        """The text is made here: its arguments may be of kinds that the other side does not read."""
        plain: dict[str, object] = {
            "name": record.name,
            "levelno": record.levelno,
            "levelname": record.levelname,
            "created": record.created,
            "msg": "%s",
            "args": (self._formatter.format(record),),
        }
        self._channel.tell("log", "handle", plain)


def _forward_log(channel: Channel) -> None:
    logging.root.addHandler(_Forwarding(channel))
    logging.getLogger("connection_client").setLevel(logging.INFO)
