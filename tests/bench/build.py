# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`./run build windows deb` in a fresh clone, the virtual environment and a Windows Python included.

What pip fetches is part of it, wherever pip takes it from; Debian's packages are there before.
"""

import os
import subprocess
import tempfile
import time
from pathlib import Path

from installers.build import ROOT
from tests.bench.figures import Figure, Row, Unmeasured

ALLOWED_SECONDS = 600.0
TARGETS = ("windows", "deb")
_OURS = ("PYTHONPATH", "VIRTUAL_ENV")


def measure() -> list[Row]:
    """Seconds of the first build of what is committed, and of a second one that finds everything current."""
    if not (ROOT / ".git").exists():
        return [Unmeasured("build", "this source is no clone of its repository")]
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        clone = Path(name) / "clone"
        subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(clone)], check=True)
        first, second = _seconds(clone), _seconds(clone)
    return [
        Figure("build: windows and deb, fresh clone", first, ALLOWED_SECONDS, "s", "what is allowed", 1),
        Figure("build: the same again", second, first, "s", "the first build"),
    ]


def _seconds(clone: Path) -> float:
    began = time.monotonic()
    command = [str(clone / "run"), "build", *TARGETS]
    subprocess.run(command, cwd=clone, env=_environment(), stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - began


def _environment() -> dict[str, str]:
    """That of a person who has just cloned: nothing of this checkout's virtual environment."""
    kept = {name: value for name, value in os.environ.items() if name not in _OURS}
    own = str(ROOT / ".venv")
    kept["PATH"] = os.pathsep.join(p for p in kept["PATH"].split(os.pathsep) if not p.startswith(own))
    return kept
