# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The programs of macOS: where they are, whatever search path this program has, and what they say."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

SYSTEM_PATH = "/usr/bin:/bin:/usr/sbin:/sbin"
"""The folders that only the system writes to; tests name a folder of their own before them."""

_SECONDS = 20.0
_LONGEST = 4096  # characters
_MISSING = 127  # as a shell says it


@dataclass(frozen=True)
class Answer:
    """How a program ended, and what it complained of."""

    status: int
    complaint: str


def asked(path: str, name: str, *words: str, environment: Mapping[str, str] | None = None) -> Answer:
    """Run a program that has nothing to tell where all is well; never for long, and never raises."""
    program = shutil.which(name, path=path)
    if program is None:
        return Answer(_MISSING, f"{name} is missing")
    try:
        ended = subprocess.run(
            [program, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=dict(os.environ if environment is None else environment),
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        return Answer(_MISSING, str(error))
    return Answer(ended.returncode, ended.stderr[:_LONGEST].decode("utf-8", "replace").strip())
