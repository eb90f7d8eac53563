# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`./run demo [--tour DIR]`: with a display all is left running for the person, else the tour is walked."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from demonstration.record import OK, Record


def main() -> int:
    """Exit status 0 only if every step went well."""
    parser = argparse.ArgumentParser(prog="./run demo", description=__doc__)
    parser.add_argument(
        "--tour", metavar="DIR", type=Path, help="walk the six steps and write pictures to DIR"
    )
    chosen = parser.parse_args()
    if chosen.tour is None and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        from demonstration.attended import attend

        return attend()
    return tour(chosen.tour or Path("out/tour"))


def tour(folder: Path) -> int:
    """Walk the steps in order; stop at the first that fails and name it."""
    from demonstration.stage import stage
    from demonstration.steps import STEPS

    folder.mkdir(parents=True, exist_ok=True)
    for old in (*folder.glob("[0-9][0-9]-*.png"), folder / "tour.json"):
        old.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="tour-") as state, stage(Path(state)) as on_stage:
        record = Record(folder, on_stage.photograph)
        for name, step in STEPS:
            done = record.walk(name, lambda step=step: step(on_stage))  # type: ignore[misc]
            print(f"{'ok' if done.outcome == OK else 'FAILED':6} {done.seconds:6.1f} s  {name}", flush=True)
            if done.outcome != OK:
                print(f"The tour stopped at “{name}”: {done.outcome}", file=sys.stderr)
                return 1
    print(f"All {len(record.steps)} steps are ok. Pictures and tour.json are in {folder}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
