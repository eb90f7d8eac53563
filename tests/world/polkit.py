# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A computer on which polkit asks: a system bus, polkitd, pkexec, an administrator, a person without rights.

It is this machine's own system below a layer that takes every change, with processes, users and a package
database of its own. What is done in it is gone with it, and nothing of it outlives the test.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import jeepney
import psutil

from installers import client, deb
from tests.world import processes
from tests.world.polkit_desk import PARTS, Desk
from tests.world.terminal import Terminal, terminal
from tests.world.waiting import wait_until

PERSON, ADMINISTRATOR = "ccperson", "ccadmin"
PASSWORD = "right horse 7"  # of a user that the test makes
ACTION = "com.example.connection_client.install-packages"
SOURCE = Path(__file__).parents[2]
_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
_PROGRAMS = ("unshare", "nsenter", "setpriv", "setsid", "dbus-daemon", "pkexec", "pkttyagent", "useradd")
_LAYER = """
set -e
umask 022
mount -t tmpfs -o mode=755 tmpfs "$1"
cd "$1"
mkdir changes work root
mount -t overlay overlay -o lowerdir=/,upperdir=changes,workdir=work root
"""
# What holds packages is empty: nothing that is installed on this machine takes part.
_SYSTEM = """
cd root
mount -t proc proc proc
mount --rbind /dev dev
for place in run tmp home opt var/tmp var/lib/dpkg var/lib/apt var/cache/apt var/lib/flatpak; do
    mkdir -p $place
    mount -t tmpfs -o mode=755 tmpfs $place
done
chmod 1777 tmp var/tmp
mkdir -p run/dbus var/lib/dpkg/info var/lib/dpkg/updates var/lib/dpkg/triggers
mkdir -p var/lib/apt/lists/partial var/cache/apt/archives/partial
touch var/lib/dpkg/status
dpkg-deb --extract "$2" .
shift 2
exec chroot . /bin/sh -ec '
useradd --create-home --comment "A Person" --shell /bin/sh "$1" >&2
useradd --no-create-home --comment "An Administrator" --shell /bin/sh "$2" >&2
gpasswd --members "$2" sudo >&2
printf "%s:%s\\n" "$2" "$3" | chpasswd >&2
dbus-daemon --system --fork >&2
pkaction --action-id "$4" >&2
echo ready >/dev/fd/$5
trap exit TERM
sleep infinity &
wait
' sh "$@"
"""


def why_not() -> str:
    """What keeps this machine from having such a computer; empty where nothing does."""
    if os.geteuid() != 0:
        return "only root may make a computer with users of its own"
    for program in _PROGRAMS:
        if shutil.which(program, path=_PATH) is None:
            return f"{program} is not installed"
    with tempfile.TemporaryDirectory() as folder:
        tried = subprocess.run(_apart(_LAYER, folder), check=False, capture_output=True, text=True)
    return f"no layer can be put over this system: {tried.stderr.strip()}" if tried.returncode else ""


def _apart(script: str, *words: str) -> list[str]:
    """The script with mounts and processes of its own, which end with us even where we are killed."""
    own = ["unshare", "--mount", "--pid", "--ipc", "--fork", "--kill-child"]
    return ["setpriv", "--pdeathsig", "KILL", *own, "sh", "-c", script, "sh", *words]


class PolkitComputer:
    """Whoever holds it is root there; `root` is its / as seen from here."""

    def __init__(self, keeper: int) -> None:
        self._keeper = keeper
        self._results = 0
        self.root = Path(f"/proc/{keeper}/root")
        self.home = self.root / "home" / PERSON

    def command(self, *words: str, user: str = "root", **variables: str) -> list[str]:
        """The command as that user, in a session of their own; a terminal becomes theirs."""
        enter = ["nsenter", "--target", str(self._keeper), "--mount", "--pid", "--ipc", "--root", "--wd"]
        become = ["setpriv", "--reuid", user, "--regid", user, "--init-groups"] if user != "root" else []
        home = "/root" if user == "root" else f"/home/{user}"
        settings = {"PATH": _PATH, "HOME": home, "USER": user, "LC_ALL": "C.UTF-8", **variables}
        return [
            *enter,
            *become,
            "env",
            "-i",
            *(f"{name}={value}" for name, value in settings.items()),
            *words,
        ]

    def run(self, *words: str, user: str = "root") -> "subprocess.CompletedProcess[str]":
        """Its output; a status other than 0 is no error."""
        command = self.command(*words, user=user)
        return subprocess.run(command, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)

    def version(self, name: str) -> str:
        """What dpkg says of a package, "" where it knows none that is installed."""
        shown = "${db:Status-Status} ${Version}"
        status, _, version = self.run("dpkg-query", "-W", "-f", shown, name).stdout.partition(" ")
        return version if status == "installed" else ""

    def hand_over(self, *files: Path) -> list[Path]:
        """Copy files into the person's own folder; where they are then, seen from here."""
        placed = [self.home / file.name for file in files]
        for file, place in zip(files, placed, strict=True):
            shutil.copyfile(file, place)
            owner = self.home.stat()
            os.chown(place, owner.st_uid, owner.st_gid)
        return placed

    def say(self, result: str) -> None:
        """Have polkit follow a rule of the administrator about installing, or none if `result` is empty."""
        file = self.root / "etc/polkit-1/rules.d/00-own.rules"
        file.unlink(missing_ok=True)
        if result:
            body = f'if (action.id == "{ACTION}") return polkit.Result.{result};'
            file.write_text(f"polkit.addRule(function(action) {{ {body} }});")
        # As the person: root may always.
        ask = ("sh", "-c", f"exec pkcheck --action-id {ACTION} --process $$")
        check = partial(self.run, *ask, user=PERSON)
        wait_until(lambda: _said(check()) == _ANSWERS[result], 30, "polkit does not take the rule")

    def begins(self, *files: Path, kind: str = "deb", when: str = "now") -> tuple[list[str], Path]:
        """The words that have the person's client install, and where it says how that ended."""
        self._results += 1
        result = f"/home/{PERSON}/result-{self._results}.json"
        names = [f"/home/{PERSON}/{file.name}" for file in files]
        words = ["/usr/bin/python3", "-I", f"/{PARTS}/polkit_person.py", result, when, kind, *names]
        return words, self.root / result.lstrip("/")

    @contextlib.contextmanager
    def in_terminal(
        self, *files: Path, before: Sequence[str] = (), when: str = "now", **variables: str
    ) -> Iterator[tuple[Terminal, Path]]:
        """The client at work in a terminal, and where its result will be; no agent but its own."""
        words, result = self.begins(*files, when=when)
        command = ["setsid", "--ctty", "--wait", *before, *words]
        with terminal(self.command(*command, user=PERSON, **variables)) as shown:
            yield shown, result

    @contextlib.contextmanager
    def on_desktop(
        self, *files: Path, kind: str = "deb", when: str = "wait", **variables: str
    ) -> Iterator[Desk]:
        """The client at work without a terminal, verified and waiting until somebody can be asked."""
        words, result = self.begins(*files, kind=kind, when=when)
        client = subprocess.Popen(
            self.command(*words, user=PERSON, **variables), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        try:
            assert client.stdout is not None
            yield Desk(partial(self.command, user=PERSON), client, int(client.stdout.readline()), result)
        finally:
            processes.end(client)
            for pipe in (client.stdin, client.stdout):
                if pipe is not None:
                    pipe.close()


# The exit status of pkcheck(1), and whether polkit would keep the answer to its question.
_ANSWERS = {"": (2, False), "NO": (1, False), "YES": (0, False), "AUTH_ADMIN_KEEP": (2, True)}


def _said(checked: "subprocess.CompletedProcess[str]") -> tuple[int, bool]:
    return checked.returncode, "retains_authorization" in checked.stdout


@contextlib.contextmanager
def polkit_computer(folder: Path) -> Iterator[PolkitComputer]:
    """One that lives as long as the block; the client is on it as its package lays it out."""
    place = folder / "layer"
    place.mkdir()
    users = (PERSON, ADMINISTRATOR, PASSWORD, ACTION)
    command = _apart(_LAYER + _SYSTEM, str(place), str(client_package(folder)), *users, "{fd}")
    environment = {"PATH": _PATH, "LC_ALL": "C.UTF-8"}
    with processes.announcing(command, environment, folder / "computer.log") as (process, _):
        (keeper,) = psutil.Process(process.pid).children()
        computer = PolkitComputer(keeper.pid)
        for name in ("polkit_person.py", "polkit_agent.py"):
            shutil.copy(Path(__file__).with_name(name), computer.root / PARTS)
        shutil.copytree(Path(jeepney.__file__).parent, computer.root / PARTS / "jeepney")
        yield computer


def client_package(folder: Path) -> Path:
    """The client's package, but for the dependencies of other makers, which installing does not want."""
    client.stage(SOURCE, folder / "tree")
    return deb.write_package(folder / "tree", client.control(SOURCE), folder, 0, ("gzip", 1))
