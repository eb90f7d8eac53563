# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`./run chaos [--minutes N] [--seed N]`: a person at work while all goes wrong; 1 at a broken promise."""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from demonstration.stage import preset_client
from tests.chaos.browser import browser_of
from tests.chaos.day import Day
from tests.chaos.person import Person
from tests.chaos.publisher import Releases
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, Center
from tests.world.desktop import private_desktop
from tests.world.full_disk import reason_against, small_disk
from tests.world.troubled_link import troubled_link

PROJECT = Path(__file__).parents[2]
_INSIDE = "CHAOS_INSIDE"
_DISK_BYTES = 24 << 20


def main() -> int:
    """Run the campaign on a copy of this computer's system folders, so that it is left as found."""
    parser = argparse.ArgumentParser(prog="./run chaos", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))  # noqa: S311  # no secret
    chosen = parser.parse_args()
    reason = reason_against()
    if reason:
        parser.error(reason)
    if not os.environ.get(_INSIDE):
        inside = ["unshare", "--mount", sys.executable, "-m", "tests.chaos.whole_day"]
        return subprocess.run(
            [*inside, f"--minutes={chosen.minutes}", f"--seed={chosen.seed}"],
            env={**os.environ, _INSIDE: "1"},
            check=False,
        ).returncode
    print(f"seed {chosen.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder, _copied_system(Path(folder) / "system"):
        return _campaign(Path(folder), chosen.minutes * 60, chosen.seed)


def _campaign(folder: Path, seconds: float, seed: int) -> int:
    deadline = time.monotonic() + seconds
    with _day(folder, seed) as day:
        try:
            day.begin()
            while time.monotonic() < deadline:
                day.hour()
            day.end()
        except AssertionError:
            traceback.print_exc()
            print(f"A promise was broken; {_story(day)}")
            return 1
        lost, may = day.lost_sign_ins()
        print(_story(day))
        if lost > may:
            print(f"{lost} sign-ins were lost, but only {may} tokens could have been.")
            return 1
    print("Every promise held, and everything came to its good end.")
    return 0


def _story(day: Day) -> str:
    lost, may = day.lost_sign_ins()
    acts = ", ".join(f"{name} {number}" for name, number in sorted(day.count.acts.items()))
    troubles = ", ".join(f"{name} {number}" for name, number in sorted(day.count.troubles.items()))
    return (
        f"{sum(day.count.acts.values())} acts ({acts}); troubles: {troubles}; {day.person.kills} kills; "
        f"{len(day.releases.hashes)} releases; {lost} sign-ins beyond the wanted, {may} renewals disturbed."
    )


@contextmanager
def _day(folder: Path, seed: int) -> Iterator[Day]:
    """A Center behind a line that can be troubled, and a desktop whose client lives on a small disk."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    with ExitStack() as stack:
        link = stack.enter_context(troubled_link(seed))
        os.environ["CENTER_BASE_URL"] = link.address
        center = Center(folder / "center")
        center.start()
        stack.callback(center.stop)
        link.upstream = urlsplit(center.address).port or 0
        desktop = stack.enter_context(private_desktop(folder / "desktop"))
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = desktop.environment["DBUS_SESSION_BUS_ADDRESS"]
        disk = stack.enter_context(small_disk(folder / "disk", _DISK_BYTES))
        preset_client(desktop.session.config, link.address, center.state)
        environment = {
            **desktop.environment,
            "PYTHONPATH": str(PROJECT),
            "XDG_CACHE_HOME": str(disk / "cache"),
            "XDG_STATE_HOME": str(disk / "state"),
            "XDG_DATA_HOME": str(disk / "data"),
            "BROWSER": browser_of(ADMINISTRATOR, ADMINISTRATOR_PASSWORD, folder / "login"),
        }
        person = Person(desktop.folder, environment, chance)
        stack.callback(person.leave)
        releases = Releases(center, folder / "packages", folder / "started")
        yield Day(center, link, releases, person, disk, ADMINISTRATOR, {ADMINISTRATOR_PASSWORD}, chance)


@contextmanager
def _copied_system(folder: Path) -> Iterator[None]:
    """Changes to /usr, /var and /etc go to `folder` and end with this process's own view of the mounts."""
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(folder)], check=True)
    for name in ("usr", "var", "etc"):
        upper, work = folder / name / "upper", folder / name / "work"
        upper.mkdir(parents=True)
        work.mkdir()
        options = f"lowerdir=/{name},upperdir={upper},workdir={work}"
        subprocess.run(["mount", "-t", "overlay", "overlay", "-o", options, f"/{name}"], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


if __name__ == "__main__":
    sys.exit(main())
