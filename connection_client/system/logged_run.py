# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Runs a system's installer to its end, with all that it says in the log of the installation."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from connection_client.domain.errors import FolderNotWritable


def run_logged(
    command: Sequence[str],
    log: Path,
    *,
    pass_fds: Sequence[int] = (),
    environment: Mapping[str, str] | None = None,
) -> int:
    """The exit status; raises FolderNotWritable where the log cannot be kept or the program not be started.

    It runs in a session of its own: an installer that has begun ends in its own time, come what may.
    """
    try:
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with log.open("ab") as sink:
            return subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                pass_fds=pass_fds,
                env=environment,
                check=False,
                start_new_session=True,
            ).returncode
    except OSError as error:
        raise FolderNotWritable(path=str(log.parent), reason=error.strerror or "") from error
