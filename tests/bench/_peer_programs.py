# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Programs of others that wait in the tray, and what each needs to do so without a question on the screen.

KeePassXC has no file open, Vorta no repository yet. Nextcloud and Maestral have an account that nobody made,
on a server that does not answer: without one they would ask for it instead of waiting in the tray.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.start import PROJECT

REQUIREMENTS = PROJECT / "requirements" / "peers.txt"
ENVIRONMENT = PROJECT / ".venv-peers"
PATIENCE = 900  # seconds for downloads
_NOBODY = "http://127.0.0.1:9"  # the port "discard", where no computer of today answers
_KEEPASSXC = """[General]
UpdateCheckMessageShown=true
[GUI]
CheckForUpdates=false
MinimizeOnStartup=true
MinimizeToTray=true
ShowTrayIcon=true
"""
_NEXTCLOUD = f"""[General]
clientVersion=3.7.3
skipUpdateCheck=true
[Accounts]
version=2
0\\version=1
0\\url={_NOBODY}
0\\authType=http
0\\http_user=ana
0\\dav_user=ana
"""
_VORTA = """
from peewee import SqliteDatabase
from vorta import config
from vorta.store.connection import init_db
from vorta.store.models import SettingsModel
init_db(SqliteDatabase(config.SETTINGS_DIR / "settings.db", pragmas={"journal_mode": "wal"}))
SettingsModel.update(value=False).where(SettingsModel.key == "foreground").execute()
"""
_MAESTRAL = """
import os
from keyrings.alt.file import PlaintextKeyring
from maestral.config import MaestralConfig
from maestral.keyring import CredentialStorage
storage = CredentialStorage("maestral")
storage.set_keyring_backend(PlaintextKeyring())
storage.save_creds("dbid:nobody", "none")
folder = os.path.join(os.environ["HOME"], "Dropbox")
os.makedirs(folder)
MaestralConfig("maestral").set("sync", "path", folder)
"""


class NotInstalled(Exception):
    """A peer cannot be had here; the text says why."""


@dataclass(frozen=True)
class Peer:
    """A program, and the Debian packages that it takes.

    `prepare` gets the environment of the person at whose desk it will run; `distribution` is its name where
    it comes from PyPI.
    """

    name: str
    command: tuple[str, ...]
    packages: tuple[str, ...]
    prepare: Callable[[Mapping[str, str]], None]
    distribution: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)


def _configured(path: str, text: str) -> Callable[[Mapping[str, str]], None]:
    def prepare(environment: Mapping[str, str]) -> None:
        file = Path(environment["XDG_CONFIG_HOME"]) / path
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")

    return prepare


def _told(program: str) -> Callable[[Mapping[str, str]], None]:
    def prepare(environment: Mapping[str, str]) -> None:
        python = str(ENVIRONMENT / "bin" / "python")
        subprocess.run([python, "-c", program], env=dict(environment), check=True, capture_output=True)

    return prepare


PEERS = (
    Peer(
        "keepassxc",
        ("keepassxc",),
        ("keepassxc",),
        _configured("keepassxc/keepassxc.ini", _KEEPASSXC),
    ),
    Peer(
        "nextcloud-desktop",
        ("nextcloud", "--background"),
        ("nextcloud-desktop",),
        _configured("Nextcloud/nextcloud.cfg", _NEXTCLOUD),
    ),
    Peer(
        "vorta",
        (str(ENVIRONMENT / "bin" / "vorta"),),
        ("borgbackup",),
        _told(_VORTA),
        distribution="vorta",
    ),
    Peer(
        "maestral-qt",
        (str(ENVIRONMENT / "bin" / "maestral"), "gui"),
        (),
        _told(_MAESTRAL),
        distribution="maestral-qt",
        variables={"HTTP_PROXY": _NOBODY, "HTTPS_PROXY": _NOBODY},
    ),
)


def install(peer: Peer) -> str:
    """Install what is missing of it and return its version; raise NotInstalled."""
    missing = [name for name in peer.packages if not _debian_version(name)]
    if missing:
        _install_packages(missing)
    if not peer.distribution:
        return _debian_version(peer.packages[0])
    _install_environment()
    question = f"import importlib.metadata as m; print(m.version({peer.distribution!r}))"
    return _run([str(ENVIRONMENT / "bin" / "python"), "-c", question]).strip()


def _debian_version(package: str) -> str:
    """Its version, as people write it, or nothing where it is not installed."""
    if not shutil.which("dpkg-query"):
        raise NotInstalled("this is not a Debian system")
    question = ["dpkg-query", "-W", "-f=${db:Status-Status} ${Version}", package]
    answer = subprocess.run(question, capture_output=True, text=True, check=False).stdout.split()
    return answer[1] if answer[:1] == ["installed"] else ""


def _install_packages(names: list[str]) -> None:
    if os.geteuid() != 0:
        raise NotInstalled(f"install {' '.join(names)} as administrator first")
    print(f"These Debian packages are installed now: {' '.join(names)}", file=sys.stderr)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    _run(["apt-get", "update", "-qq"], quiet)
    _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names], quiet)


def _install_environment() -> None:
    """The locked programs from PyPI; quick where the list is the one that was installed last."""
    stamp, wanted = ENVIRONMENT / "lock-stamp", REQUIREMENTS.read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    print(f"The programs of {REQUIREMENTS.name} are installed into {ENVIRONMENT.name} now.", file=sys.stderr)
    _run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)])
    pip = [str(ENVIRONMENT / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    _run([*pip, "--require-hashes", "-r", str(REQUIREMENTS)])
    stamp.write_text(wanted, encoding="utf-8")


def _run(command: list[str], environment: Mapping[str, str] | None = None) -> str:
    try:
        return subprocess.run(
            command,
            env=None if environment is None else dict(environment),
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE,
        ).stdout
    except subprocess.CalledProcessError as error:
        lines = (error.stderr or error.stdout).strip().splitlines()
        raise NotInstalled(lines[-1] if lines else f"{command[0]} ended with {error.returncode}") from error
    except (subprocess.TimeoutExpired, OSError) as error:
        raise NotInstalled(str(error)) from error
