# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The first start after switching the computer on: the installed bundle beside the source tree."""

import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from installers.build import ROOT, build_deb
from tests.bench.figures import Figure
from tests.bench.start import time_to_icon
from tests.world.desktop import private_desktop

ROUNDS = 6


def measure() -> list[Figure]:
    """Medians of interleaved rounds; before each, the files that it reads are put out of memory."""
    package = next(path for path in build_deb() if path.name.startswith("connection-client_"))
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        subprocess.run(["dpkg-deb", "-x", str(package), str(folder / "root")], check=True)
        compiled = folder / "compiled"
        commands = {
            "installed": [str(folder / "root/usr/bin/connection-client"), "--hidden"],
            "source": [sys.executable, "-m", "connection_client", "--hidden"],
        }
        read = {
            "installed": (folder / "root",),
            "source": (Path(sysconfig.get_path("purelib")), ROOT / "connection_client", compiled),
        }
        times: dict[str, list[float]] = {"installed": [], "source": []}
        with private_desktop(folder / "desktop", tray=False) as desktop:
            # Both run from compiled modules: who starts from source has started before.
            environment = {**desktop.environment, "PYTHONPYCACHEPREFIX": str(compiled)}
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
            for _ in range(ROUNDS + 1):
                for who, command in commands.items():
                    for place in read[who]:
                        forget(place)
                    times[who].append(time_to_icon(command, environment, folder / f"{who}.log"))
    medians = {who: statistics.median(values[1:]) * 1000 for who, values in times.items()}
    figure = Figure(
        "cold: installed, time to icon", medians["installed"], medians["source"], "ms", "the source tree", 1.3
    )
    return [figure]


def forget(folder: Path) -> None:
    """Put what is written and read below `folder` out of memory, but for what runs from it elsewhere."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fdatasync(handle)
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(handle)
