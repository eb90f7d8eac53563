# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a program of the system says about installed software: asked without a shell, and never for long."""

import os
import subprocess
from collections.abc import Sequence

_SECONDS = 20.0  # a package database on a busy disk takes its time; a worker waits, not a person
_LARGEST = 8 << 20  # characters


def lines_of(command: Sequence[str], **variables: str) -> tuple[str, ...]:
    """The lines that it prints; none where it is missing, hangs or prints without end.

    `variables` go over those of the person. The exit status says nothing: a question for ten packages of
    which one is missing ends badly too.
    """
    environment = {**os.environ, "LC_ALL": "C.UTF-8", **variables}
    try:
        ended = subprocess.run(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    return tuple(ended.stdout[:_LARGEST].decode("utf-8", "replace").split("\n"))
