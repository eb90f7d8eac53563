# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Inside the namespaces: a Center, a Windows, and what a person does there, one check after the other."""

import shutil
import sys
import traceback
from contextlib import suppress
from pathlib import Path

from tests.windows_desktop.__main__ import FOLDER
from tests.windows_desktop.checks import CHECKS
from tests.windows_desktop.day import Day, Person
from tests.windows_desktop.machine import SETUPS, enter, machine
from tests.windows_host import setups
from tests.world.center import running_center


def main(debian: Path, setup: Path, out: Path) -> int:
    """Carry out every check, say what was shown, and return the exit status."""
    enter(debian)
    folder = FOLDER / "run"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with running_center(folder / "center") as center, machine(debian, folder) as made:
        newer = SETUPS / f"small-{setups.VERSIONS[-1]}.exe"
        facts = ("--product", "small-viewer", "--arch", "x64", "--public")
        center.manage("publish", "add", str(newer), *facts, "--notes", "Reads semicolons.")
        person = Person(Day(made, center, setup, out))
        failed = [name for name in CHECKS if not _is_shown(name, person)]
    print(f"{len(CHECKS) - len(failed)} of {len(CHECKS)} were shown. The pictures are in {out}.", flush=True)
    return 1 if failed else 0


def _is_shown(name: str, person: Person) -> bool:
    try:
        CHECKS[name](person)
    except Exception:  # noqa: BLE001  # whatever it is, the others are tried as well
        print(f"NOT SHOWN  {name}", flush=True)
        traceback.print_exc()
        with suppress(TimeoutError):
            person.day.machine.screen.picture(person.day.out / "failed" / f"{name.replace(' ', '-')}.png")
        return False
    print(f"shown      {name}", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:4])))
