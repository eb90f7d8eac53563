# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`./run bench NAME... [--json]`: runs benchmarks by name; exit status 1 where a bar is missed."""

import argparse
import importlib
import inspect
import pkgutil
import sys

from tests import bench
from tests.bench.figures import Figure, as_json, as_table

_NOT_BENCHMARKS = {"__main__", "figures"}


def main() -> int:
    """Each module beside this one with a function `measure` is a benchmark."""
    names = sorted({module.name for module in pkgutil.iter_modules(bench.__path__)} - _NOT_BENCHMARKS)
    names = [name for name in names if not name.startswith("_")]
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("names", nargs="+", choices=[*names, "all"], metavar="NAME", help=", ".join(names))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--megabytes", type=int, default=1024, help="the size of what download measures")
    chosen = parser.parse_args()
    figures: list[Figure] = []
    for name in names if "all" in chosen.names else chosen.names:
        measure = importlib.import_module(f"tests.bench.{name}").measure
        sized = "megabytes" in inspect.signature(measure).parameters
        figures.extend(measure(chosen.megabytes) if sized else measure())
    print(as_json(figures) if chosen.json else as_table(figures))
    return 0 if all(figure.met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
