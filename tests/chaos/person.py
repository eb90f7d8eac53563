# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A scripted person at a computer: uses the real client by its commands and its icon, and pulls plugs."""

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.world.processes import end, start

LONGEST_SECONDS = 180.0
_LOOK_SECONDS = 0.1
DONE, REFUSED = 0, 3
_KILLED = -signal.SIGKILL
_APPLICATION = """
import sys
from connection_client import sdk
try:
    sdk.require(sys.argv[1], "10.1")
    print("yes")
except sdk.ClientError as error:
    print(type(error).__name__)
"""


@dataclass(frozen=True)
class Act:
    """One command: what it ended with and said; `killed` where the plug was pulled."""

    words: tuple[str, ...]
    status: int
    said: str
    wrong: str
    killed: bool

    def value(self) -> dict[str, object]:
        """What `--json` wrote; {} where it could not."""
        try:
            found = json.loads(self.said)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


@dataclass
class Person:
    """`environment` is that of the desktop; logs of the icon's process go to `folder`."""

    folder: Path
    environment: Mapping[str, str]
    random: random.Random
    kills: int = 0
    crashes: list[str] = field(default_factory=list)
    shown: set[tuple[str, str]] = field(default_factory=set)  # what ran, its arguments and variables
    _tray: "subprocess.Popen[bytes] | None" = None
    _starts: int = 0

    def act(self, *words: str, kill: bool = False, clock: str = "") -> Act:
        """Run one command, under a clock that is off by `clock` ("+40m"), killed with all it started."""
        with (self.folder / "out").open("w+") as out, (self.folder / "err").open("w+") as err:
            process = subprocess.Popen(
                [*_shifted(clock), *_client(*words)],
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
            killed = self._wait(process, self.random.uniform(0.05, 4) if kill else LONGEST_SECONDS)
            out.seek(0)
            err.seek(0)
            act = Act(words, process.returncode, out.read(), err.read(), killed)
        if killed and not kill:
            self.crashes.append(f"{words} hung for {LONGEST_SECONDS:.0f} s")
        if not killed and act.status not in (DONE, REFUSED):
            self.crashes.append(f"{words} ended with {act.status}: {act.wrong[-2000:]}")
        return act

    def _wait(self, process: "subprocess.Popen[bytes]", seconds: float) -> bool:
        latest = time.monotonic() + seconds
        while time.monotonic() < latest:
            self.look_at(process.pid)
            self.look_at_the_icon()
            with suppress(subprocess.TimeoutExpired):
                process.wait(_LOOK_SECONDS)
                return False
        self.kills += 1
        _kill_family(process.pid)
        process.wait()
        return True

    def look_at(self, pid: int) -> None:
        """Note what anybody on this computer could read of a program and of all that it has started."""
        for one in _family(pid):
            with suppress(psutil.Error):
                words, variables = one.cmdline(), one.environ().values()
                self.shown.add((f"{one.pid} {' '.join(words[1:4])}", "\0".join((*words, *variables))))

    def keep_the_icon(self) -> None:
        """Start the client in the tray unless it runs; one that ended by itself has crashed."""
        if self._tray is not None and self._tray.poll() is None:
            return
        if self._tray is not None and self._tray.returncode != _KILLED:
            self.crashes.append(f"the icon's process ended with {self._tray.returncode}")
        self._starts += 1
        log = self.folder / f"tray-{self._starts}.log"
        self._tray = start(_client("--hidden"), self.environment, log)

    def kill_the_icon(self) -> None:
        """As a computer that loses power does to it."""
        if self._tray is not None and self._tray.poll() is None:
            self.kills += 1
            self._tray.kill()
            self._tray.wait()

    def ask_as_an_application(self, product: str) -> str:
        """What the kit for applications answers through the running client."""
        done = subprocess.run(
            [sys.executable, "-c", _APPLICATION, product],
            env=dict(self.environment),
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST_SECONDS,
        )
        if done.returncode:
            self.crashes.append(f"the kit ended with {done.returncode}: {done.stderr[-2000:]}")
        return done.stdout.strip()

    def look_at_the_icon(self) -> None:
        """Note the process in the tray, and the second one with the keys while it is there."""
        if self._tray is not None and self._tray.poll() is None:
            self.look_at(self._tray.pid)

    def leave(self) -> None:
        """End the client as a log-out does."""
        if self._tray is not None:
            end(self._tray)


def _client(*words: str) -> list[str]:
    return [sys.executable, "-m", "connection_client", *words]


def _shifted(clock: str) -> Sequence[str]:
    return ("faketime", "-f", clock) if clock else ()


def _family(pid: int) -> list[psutil.Process]:
    with suppress(psutil.NoSuchProcess):
        leader = psutil.Process(pid)
        return [leader, *leader.children(recursive=True)]
    return []


def _kill_family(pid: int) -> None:
    for one in _family(pid):
        with suppress(psutil.NoSuchProcess):
            one.kill()
    time.sleep(0.05)
