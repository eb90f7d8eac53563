# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The way in: builds the setup, makes the Debian, and goes on in namespaces that leave nothing behind."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from installers import windows_python
from installers.build import ROOT, build_windows
from installers.errors import BuildError
from tests.windows_desktop import root
from tests.windows_host import setups

FOLDER = ROOT / "build" / "windows-desktop"
_SECONDS = 1200


def main() -> int:
    """0 where everything was shown, 1 where something was not, and also where it could not be tried."""
    parser = argparse.ArgumentParser(prog="./run windows-desktop", description=__doc__)
    parser.add_argument("out", metavar="OUT", type=Path, nargs="?", default=FOLDER / "pictures")
    out = parser.parse_args().out.absolute()
    if os.geteuid() != 0:
        print("Only root can make a Debian in a folder. Run this as root.", file=sys.stderr)
        return 1
    try:
        (setup,) = build_windows()
        setups.prepare(ROOT, windows_python.prepare(ROOT) / "python.exe")
        debian = root.prepare(FOLDER, ROOT)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    out.mkdir(parents=True, exist_ok=True)
    return _inside(debian, setup, out)


def _inside(debian: Path, setup: Path, out: Path) -> int:
    """A network, processes and mounts of its own: no display meets another one, and all ends with it."""
    # The shell takes over what loses its parent, which a Python as the first process would not.
    script = 'ip link set lo up && "$@"; exit $?'
    apart = ["unshare", "--mount", "--net", "--ipc", "--pid", "--fork", "--kill-child", "--mount-proc"]
    module = [sys.executable, "-m", "tests.windows_desktop.session", str(debian), str(setup), str(out)]
    environment = os.environ | {"PATH": f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"}
    try:
        whole = [*apart, "sh", "-c", script, "windows-desktop", *module]
        return subprocess.run(whole, env=environment, check=False, timeout=_SECONDS).returncode
    except subprocess.TimeoutExpired:
        print(f"It took longer than {_SECONDS} s.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
