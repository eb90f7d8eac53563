# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Start, memory and wake-ups of other programs in the tray, on one desktop with this one and a bare tray.

They are measured as this one is: from `exec` until a tray host has what a panel paints; then hidden, each
alone, summed over everything that it has started. What cannot be installed, or does not hide, is named with
its reason.
"""

import statistics
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.bench._peer_programs import PEERS, NotInstalled, Peer, install
from tests.bench._rest import Rest, at_rest
from tests.bench.figures import Figure, Row, Unmeasured
from tests.bench.idle import running_desk
from tests.bench.start import CLIENT, bare_tray, time_to_icon, waiting_in_tray

ROUNDS = 5
SETTLE_SECONDS, WINDOW_SECONDS = 20.0, 40.0
BARE, OURS = "a bare PySide6 tray", "this program"


@dataclass(frozen=True)
class Contender:
    """A command that shows an icon; `environment` is the person's with what it needs besides."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    log: Path

    def start(self) -> float:
        """Seconds to its icon."""
        return time_to_icon(self.command, self.environment, self.log)

    def rest(self) -> Rest:
        """What it costs while it is hidden; raise NotHidden where it shows a window."""
        with waiting_in_tray(self.command, self.environment, self.log) as waiting:
            time.sleep(SETTLE_SECONDS)
            rest = at_rest(waiting.pid, WINDOW_SECONDS)
            if window := _window(self.environment):
                raise NotHidden(f"it opened a window: {window}")
            return rest


class NotHidden(Exception):
    """A program that should wait in the tray does something else; the text says what."""


def measure() -> list[Row]:
    """Starts are interleaved, so that a busy moment meets all alike; the first round is thrown away."""
    with running_desk() as desk:
        contenders = [
            Contender(BARE, tuple(bare_tray(desk.folder)), desk.environment, desk.folder / "bare.log"),
            Contender(OURS, tuple(CLIENT), desk.environment, desk.folder / "client.log"),
        ]
        failed: dict[str, str] = {}
        for peer in PEERS:
            try:
                contenders.append(_prepared(peer, desk.environment, desk.folder))
            except (NotInstalled, subprocess.CalledProcessError, OSError) as error:
                failed[peer.name] = str(error)
        starts, rests = _measured(contenders, failed)
    rows = [row for one in starts if one != BARE for row in _rows(one, starts, rests)]
    return rows + [Unmeasured(name, reason) for name, reason in failed.items()]


def _prepared(peer: Peer, environment: Mapping[str, str], folder: Path) -> Contender:
    name = f"{peer.name} {upstream(install(peer))}"
    peer.prepare(environment)
    return Contender(name, peer.command, {**environment, **peer.variables}, folder / f"{peer.name}.log")


def upstream(version: str) -> str:
    """Without what Debian adds: `1:2.7.4+dfsg.1-2` is 2.7.4."""
    return version.rpartition(":")[2].partition("-")[0].partition("+")[0]


def _measured(
    contenders: list[Contender], failed: dict[str, str]
) -> tuple[dict[str, float], dict[str, Rest]]:
    """Median milliseconds to the icon, and the rest of each; who fails is out, its reason in `failed`."""
    times: dict[str, list[float]] = {one.name: [] for one in contenders}
    rests: dict[str, Rest] = {}
    for turn in range(ROUNDS + 2):
        for one in [one for one in contenders if one.name not in failed]:
            try:
                if turn <= ROUNDS:
                    times[one.name].append(one.start())
                else:
                    rests[one.name] = one.rest()
            except (OSError, NotHidden) as error:
                if one.name in (BARE, OURS):
                    raise
                failed[one.name] = str(error)
    return {name: statistics.median(times[name][1:]) * 1000 for name in rests}, rests


def _rows(name: str, starts: Mapping[str, float], rests: Mapping[str, Rest]) -> list[Row]:
    mine, bare = rests[name], rests[BARE]
    return [
        Figure(f"{name}: time to icon", starts[name], starts[BARE], "ms", BARE),
        Figure(f"{name}: memory (PSS)", mine.memory, bare.memory, "MB", BARE),
        Figure(f"{name}: context switches", mine.switches, bare.switches, "/m", BARE),
    ]


def _window(environment: Mapping[str, str]) -> str:
    """The names of the windows that the window manager has now."""
    question = ["xdotool", "search", "--onlyvisible", "--name", "."]
    found = subprocess.run(
        question, env=dict(environment), capture_output=True, text=True, check=False
    ).stdout
    names = []
    for number in found.split():
        asked = ["xdotool", "getwindowname", number]
        told = subprocess.run(asked, env=dict(environment), capture_output=True, text=True, check=False)
        names.append(told.stdout.strip())
    return ", ".join(names)
