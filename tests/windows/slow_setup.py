# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A setup that goes on as long as a test wants it to."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from connection_client.domain.catalogue import InstallRecipe, Package
from connection_client.system.windows_elevated_install import Request
from tests.windows.setup_files import package


@dataclass(frozen=True)
class SlowSetup:
    """A setup that says when it begins and ends, and waits for a word in between."""

    request: Request
    begun: Path
    go_on: Path
    ended: Path
    elevation: str = "none"

    def with_rights(self) -> "SlowSetup":
        """The same, which wants administrator rights."""
        return replace(self, elevation="required")

    def package(self) -> Package:
        """As the catalogue has it."""
        wanted = self.request
        recipe = InstallRecipe("exe", "user", self.elevation, {"silent": wanted.arguments})
        name = Path(wanted.path).name
        return Package("windows", "x64", "p", name, wanted.length, wanted.sha256, recipe)


@contextmanager
def slow_setup(folder: Path) -> Iterator[SlowSetup]:
    """In that folder; it ends with the block."""
    waiting, begun, go_on, ended = (folder / name for name in ("wait.py", "begun", "go-on", "ended"))
    waiting.write_text(
        "import os, pathlib, time\n"
        f"pathlib.Path({str(begun)!r}).touch()\n"
        f"while not os.path.exists({str(go_on)!r}): time.sleep(0.05)\n"
        f"pathlib.Path({str(ended)!r}).touch()\n"
    )
    shell = Path(shutil.copy(r"C:\Windows\System32\cmd.exe", folder))
    wanted = package(shell, kind="exe")
    words = ("/c", sys.executable, str(waiting))
    yield SlowSetup(Request(str(shell), wanted.sha256, wanted.length, "exe", words), begun, go_on, ended)
    go_on.touch()
