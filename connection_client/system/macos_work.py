# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What an installation on a Mac works with: the system's programs, a private folder, a log, exit codes."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO

PACKAGE_CHANGED = 20
DISK_FULL = 22
MISUSED = 23
NOT_SIGNED = 24
DISTRUSTED = 25
NOT_OPENED = 26
UNSUITABLE = 27
OCCUPIED = 28
NO_RIGHTS = 29

NOBODY = "-"
"""Stands for the publisher's Team ID where the catalogue names none."""

_ROOT = {"HOME": "/var/root", "USER": "root", "LOGNAME": "root"}


class Failed(Exception):
    """It ends here, with an exit code: one of the above, or that of the program which failed."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code = code


@dataclass(frozen=True)
class Work:
    """One run: `path` is where the system's programs are, `volume` the target that `installer` is given.

    Applications go to `applications`; `private` is a folder that nobody else can reach.
    """

    path: str
    volume: str
    applications: Path
    private: Path
    log: IO[bytes]

    def run(self, name: str, *words: str, answer: bytes = b"") -> tuple[int, bytes]:
        """The exit status and the standard output of one of the system's programs; raises OSError."""
        program = shutil.which(name, path=self.path) or f"/usr/bin/{name}"
        # Scripts of packages look at these; with rights, nothing of the person's is believed.
        own = _ROOT if os.geteuid() == 0 else {name: os.environ.get(name, "") for name in _ROOT}
        environment = {"PATH": self.path, "LANG": "en_US.UTF-8", **own}
        ended = subprocess.run(
            [program, *words], input=answer, capture_output=True, env=environment, check=False
        )
        self.log.write(ended.stdout + ended.stderr)
        return ended.returncode, ended.stdout
