# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A person's session of their own: home folders, a message bus and, where wanted, a real key store."""

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.world.processes import announcing, once_more, start
from tests.world.waiting import wait_until

KEYRING_PASSWORD = "wide-river-19"
_PATIENCE = 20.0  # seconds until the key store answers
_LEAKING = (
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "DESKTOP_SESSION",
    "XDG_CURRENT_DESKTOP",
    "XDG_SESSION_TYPE",
    "DBUS_SESSION_BUS_ADDRESS",
    "QT_QPA_PLATFORM",
    "http_proxy",
    "https_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
)


@dataclass(frozen=True)
class PrivateSession:
    """The folder of the session and the environment that its programs get."""

    folder: Path
    environment: Mapping[str, str]

    @property
    def config(self) -> Path:
        """The client's own folder for settings."""
        return Path(self.environment["XDG_CONFIG_HOME"]) / "connection-client"


def home_environment(folder: Path) -> dict[str, str]:
    """The environment of a person whose home is `folder`; nothing of the caller's desktop leaks in."""
    environment = {name: value for name, value in os.environ.items() if name not in _LEAKING}
    for variable, name in (
        ("HOME", ""),
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_STATE_HOME", ".local/state"),
        ("XDG_CACHE_HOME", ".cache"),
        ("XDG_RUNTIME_DIR", ".runtime"),
    ):
        path = folder / name
        path.mkdir(parents=True, exist_ok=True)
        environment[variable] = str(path)
    (folder / ".runtime").chmod(0o700)
    environment["LANG"] = environment["LC_ALL"] = "C.UTF-8"
    return environment


@contextlib.contextmanager
def private_session(
    folder: Path, *, key_store: bool = True, display: str | None = None
) -> Iterator[PrivateSession]:
    """A session bus, and gnome-keyring unlocked on it, for as long as the block runs."""
    environment = home_environment(folder)
    if display:
        environment["DISPLAY"] = display
    with contextlib.ExitStack() as stack:
        # Sockets have short addresses (107 bytes), and the folders of tests have long names.
        runtime = stack.enter_context(tempfile.TemporaryDirectory(prefix="rt-"))
        environment["XDG_RUNTIME_DIR"] = runtime
        arguments = ["dbus-daemon", "--session", "--nofork", "--print-address={fd}"]
        _, address = stack.enter_context(announcing(arguments, environment, folder / "bus.log"))
        environment["DBUS_SESSION_BUS_ADDRESS"] = address
        if key_store:
            stack.enter_context(unlocked_key_store(environment, folder / "keyring.log"))
        yield PrivateSession(folder, environment)


@contextlib.contextmanager
def unlocked_key_store(environment: Mapping[str, str], log: Path) -> Iterator[None]:
    """gnome-keyring-daemon with its login keyring unlocked by a password on its standard input."""

    def attempt() -> tuple["subprocess.Popen[bytes]", bool | None]:
        daemon = _start_key_store(environment, log)
        with contextlib.suppress(TimeoutError):
            return daemon, wait_until(lambda: _owned(environment), _PATIENCE, "no key store on the bus")
        return daemon, None

    with once_more(attempt) as (_, owned):
        if not owned:
            raise TimeoutError(f"no key store on the bus; see {log}")
        yield


def _start_key_store(environment: Mapping[str, str], log: Path) -> "subprocess.Popen[bytes]":
    daemon = start(
        ["gnome-keyring-daemon", "--foreground", "--components=secrets", "--unlock"],
        environment,
        log,
        stdin=subprocess.PIPE,
    )
    assert daemon.stdin is not None
    daemon.stdin.write(KEYRING_PASSWORD.encode())
    daemon.stdin.close()
    return daemon


def _owned(environment: Mapping[str, str]) -> bool:
    # Asking for a name that nobody owns would start a second daemon: the bus is asked first.
    bus = ["--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner"]
    if b"boolean true" not in _answer(environment, *bus, "string:org.freedesktop.secrets"):
        return False
    collection = ["--dest=org.freedesktop.secrets", "/org/freedesktop/secrets/collection/login"]
    getter = ["org.freedesktop.DBus.Properties.Get", "string:org.freedesktop.Secret.Collection"]
    return b"boolean false" in _answer(environment, *collection, *getter, "string:Locked")


def _answer(environment: Mapping[str, str], *question: str) -> bytes:
    command = ["dbus-send", "--session", "--print-reply", *question]
    return subprocess.run(command, env=dict(environment), capture_output=True, check=False).stdout
