# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`./run soak [--minutes N] [--speed X]`: a client for a day under a fast clock; 1 where it grows."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from connection_client.system.x11_windows import ask_to_close
from demonstration.stage import preset_client
from tests.bench._rest import at_rest
from tests.bench.idle import SWITCHES_A_MINUTE
from tests.chaos.browser import browser_of
from tests.soak.fast_clock import fast_clock
from tests.soak.samples import Moment, complaints, moment
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, running_center
from tests.world.desktop import private_desktop
from tests.world.processes import end, start
from tests.world.waiting import wait_until

PROJECT = Path(__file__).parents[2]
EVERY_SECONDS = 5.0
SETTLE_SECONDS, REST_SECONDS = 15.0, 60.0  # after the day's work
_PRODUCT = "survey-viewer"
_ASK = "from connection_client import sdk; sdk.require('survey-viewer', '10.1')"


@dataclass(frozen=True)
class Work:
    """The client's process in the tray, and the environment that applications get."""

    process: psutil.Process
    environment: Mapping[str, str]

    def go_on(self, number: int) -> None:
        """What happens on a desktop: applications ask, the window comes and goes, lists are looked at."""
        if number % 3 == 0:
            self._run(sys.executable, "-c", _ASK)
        if number % 12 == 0:
            self._run(sys.executable, "-m", "connection_client")
            ours = frozenset({self.process.pid})
            wait_until(lambda: ask_to_close(ours), 60, "the window did not open")
        if number % 20 == 0:
            self._run(sys.executable, "-m", "connection_client", "updates", "--json")

    def _run(self, *words: str) -> None:
        subprocess.run(words, env=dict(self.environment), check=True, capture_output=True, timeout=120)


def main() -> int:
    """Print the samples' beginning and end, and what grew."""
    parser = argparse.ArgumentParser(prog="./run soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30, help="of the real clock")
    parser.add_argument("--speed", type=float, default=16, help="how many times as fast the other clock runs")
    chosen = parser.parse_args()
    samples: list[Moment] = []
    with tempfile.TemporaryDirectory(prefix="soak-") as folder, _working(Path(folder), chosen.speed) as work:
        deadline = time.monotonic() + chosen.minutes * 60
        while time.monotonic() < deadline:
            work.go_on(len(samples))
            time.sleep(EVERY_SECONDS)
            samples.append(moment(work.process))
            if len(samples) % 24 == 1:
                print(samples[-1], flush=True)
        woken = _idle(work.process, chosen.speed)
    wrong = complaints(samples)
    print(f"at rest: {woken:.1f} context switches in a minute of the client's clock")
    if woken > SWITCHES_A_MINUTE:
        wrong.append(f"at rest it wakes up {woken:.1f} times a minute; {SWITCHES_A_MINUTE:g} are allowed")
    print(f"{chosen.minutes:g} minutes, {chosen.minutes * chosen.speed / 60:g} hours of the client's clock:")
    print(f"first {samples[0]}\nlast  {samples[-1]}")
    print("\n".join(wrong) or "Nothing grew.")
    return 1 if wrong else 0


def _idle(process: psutil.Process, speed: float) -> float:
    """Context switches of the client and all that it started, in a minute of its clock, left alone.

    A minute of the real clock is so many of its own: the bar is that of `./run bench idle`.
    """
    time.sleep(SETTLE_SECONDS)
    return at_rest(process.pid, REST_SECONDS).switches / speed


@contextmanager
def _working(folder: Path, speed: float) -> Iterator[Work]:
    """Center and client under the same fast clock; somebody has signed in."""
    with fast_clock(speed) as clock, private_desktop(folder / "desktop") as desktop:
        os.environ.update(clock)  # the Center's clock has to agree
        with running_center(folder / "center") as center:
            for name in clock:
                del os.environ[name]
            os.environ["DISPLAY"] = desktop.environment["DISPLAY"]
            preset_client(desktop.session.config, center.address, center.state)
            environment = {
                **desktop.environment,
                "PYTHONPATH": str(PROJECT),
                "BROWSER": browser_of(ADMINISTRATOR, ADMINISTRATOR_PASSWORD, folder / "login"),
            }
            with_clock = {**environment, **clock}
            command = [sys.executable, "-m", "connection_client"]
            subprocess.run(
                [*command, "sign-in", ADMINISTRATOR], env=with_clock, check=True, capture_output=True
            )
            client = start([*command, "--hidden"], with_clock, folder / "client.log")
            try:
                work = Work(psutil.Process(client.pid), environment)
                wait_until(lambda: _answers(environment), 60, "no application is let in")
                yield work
                assert client.poll() is None, (folder / "client.log").read_text()
            finally:
                end(client)


def _answers(environment: Mapping[str, str]) -> bool:
    asked = [sys.executable, "-c", _ASK]
    return subprocess.run(asked, env=dict(environment), check=False, capture_output=True).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
