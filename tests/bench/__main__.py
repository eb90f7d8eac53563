# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`./run bench NAME... [--json] [--write FILE]`: runs benchmarks; exit status 1 where a bar is missed.

`all` runs every one. With `--write` their table goes between the marks of a document. A benchmark that breaks
is a line of the table, and the others go on.
"""

import argparse
import importlib
import inspect
import pkgutil
import sys
import time
import traceback
from pathlib import Path

from tests import bench
from tests.bench._machine import this_machine
from tests.bench.figures import Row, Unmeasured, as_json, as_markdown, as_table
from tests.world.documents import put

BEGIN, END = "<!-- figures begin: written by ./run bench all --write -->", "<!-- figures end -->"
_NOT_BENCHMARKS = {"__main__", "figures"}
# As people ask: the program itself, what it does, its Center; then whatever else there is.
_ORDER = (
    *("start", "cold", "idle", "window", "broker", "launch"),
    *("detect", "evaluate", "download", "center", "build"),
)


def main() -> int:
    """Each module beside this one with a function `measure` is a benchmark."""
    names = _names()
    chosen = _arguments(names)
    machine = this_machine()
    rows: list[Row] = []
    for name in names if "all" in chosen.names else chosen.names:
        began = time.monotonic()
        print(f"{name} …", file=sys.stderr, flush=True)
        rows.extend(_measured(name, chosen.megabytes))
        print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    print(as_json(rows, machine) if chosen.json else as_table(rows))
    if chosen.write:
        before = chosen.write.read_text(encoding="utf-8")
        chosen.write.write_text(put(before, BEGIN, END, as_markdown(rows, machine)), encoding="utf-8")
    return 0 if all(row.met for row in rows) else 1


def _names() -> list[str]:
    modules = {module.name for module in pkgutil.iter_modules(bench.__path__)} - _NOT_BENCHMARKS
    names = sorted(name for name in modules if not name.startswith(("_", "test_")))
    return sorted(names, key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER))


def _arguments(names: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("names", nargs="+", choices=[*names, "all"], metavar="NAME", help=", ".join(names))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--megabytes", type=int, default=1024, help="the size of what download measures")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the table of all into a document")
    chosen = parser.parse_args()
    if chosen.write and "all" not in chosen.names:
        parser.error("a document has the figures of one run of all: --write goes with all")
    if chosen.write and BEGIN not in chosen.write.read_text(encoding="utf-8"):
        parser.error(f"{chosen.write} has no line {BEGIN}")
    return chosen


def _measured(name: str, megabytes: int) -> list[Row]:
    measure = importlib.import_module(f"tests.bench.{name}").measure
    try:
        rows: list[Row] = (
            measure(megabytes) if "megabytes" in inspect.signature(measure).parameters else measure()
        )
    except Exception as error:  # noqa: BLE001  # the table says it, and what broke stands above it
        traceback.print_exc()
        return [Unmeasured(name, f"it broke: {type(error).__name__}", met=False)]
    return rows


if __name__ == "__main__":
    sys.exit(main())
