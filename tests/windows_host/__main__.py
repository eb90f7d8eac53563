# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`./run test-windows [PYTEST ARGUMENTS]`: tests/windows in a genuine Windows Python under Wine."""

import re
import sys
import threading
from pathlib import Path

from installers import windows_python, wine
from installers.errors import BuildError
from tests.windows_host import setups
from tests.world import strict

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "windows"
_TESTS = ROOT / "tests" / "windows"
_SECONDS = 330
_DISTURBANCE = re.compile(r"wine: Read access denied.*")


def main(arguments: list[str]) -> int:
    """Prepare what is missing, run the tests and return pytest's exit status."""
    if not wine.is_installed():
        return _skipped("Wine is not installed")
    try:
        python = windows_python.prepare(ROOT)
        windows = wine.Wine(BUILD / "tests")
        windows.prepare()
        setups.prepare(ROOT, python / "python.exe")
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return _run(windows, python, arguments)


def _run(windows: wine.Wine, python: Path, arguments: list[str]) -> int:
    result = windows.folder / "result"
    result.unlink(missing_ok=True)
    command = [str(python / "python.exe"), "-X", "utf8", "-m", "tests.windows", windows.windows_path(result)]
    variables = {"PYTHONDONTWRITEBYTECODE": "1"}
    process = windows.start([*command, *arguments], variables)
    assert process.stdout is not None
    watch = threading.Timer(_SECONDS, windows.end)
    watch.start()
    for line in process.stdout:
        # `wine:` and `X connection` are Wine's and the display's own words on their way out.
        if not line.startswith(("wine: ", "X connection to ", "XIO: ", "      after ")):
            print(_DISTURBANCE.sub("", line).rstrip(), flush=True)
    process.wait()
    watch.cancel()
    windows.end()
    return int(result.read_text("utf-8")) if result.exists() else 1


def _skipped(reason: str) -> int:
    count = sum(path.read_text("utf-8").count("\ndef test_") for path in _TESTS.glob("test_*.py"))
    print(f"{reason}: the tests for Windows did not run.")
    if strict.asked():
        print(f"{strict.WHY} Install wine, wine64, xvfb, xauth, nsis and osslsigncode, and run this again.")
        return 1
    print(f"0 passed, 0 failed, {count} skipped")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
