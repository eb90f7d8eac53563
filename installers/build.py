# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The command line: `python -m installers.build deb` writes build/packages/*.deb and prints their paths."""

import argparse
import sys
from pathlib import Path

from filelock import FileLock

from installers import client, examples
from installers.errors import BuildError

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "build" / "packages"


def build_deb(out: Path = PACKAGES) -> tuple[Path, ...]:
    """Build the client and the example applications into `out`; what is up to date is reused."""
    out.mkdir(parents=True, exist_ok=True)
    (ROOT / "build").mkdir(exist_ok=True)
    # Two builds at once, say a test's and a person's, would pull the shared folders from under each other.
    with FileLock(ROOT / "build" / "packages.lock"):
        return (client.build(ROOT, out), *examples.build(ROOT, out))


def main(arguments: list[str] | None = None) -> int:
    """Build the targets that were named."""
    parser = argparse.ArgumentParser(prog="installers.build", description="Build packages of the client.")
    parser.add_argument("targets", nargs="+", choices=["deb"], help="what to build")
    parser.add_argument("--out", type=Path, default=PACKAGES, help="folder for the packages")
    options = parser.parse_args(arguments)
    try:
        for path in build_deb(options.out):
            print(path)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
