# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Starts an installed program on Windows: detached, with the person's environment, no inherited handles."""

import platform
import subprocess
import threading
from pathlib import Path, PureWindowsPath
from typing import IO

from connection_client.domain.errors import FolderNotWritable
from connection_client.domain.installed import LaunchTarget
from connection_client.domain.language import N_
from connection_client.domain.launch_errors import (
    ApplicationExited,
    ApplicationForOtherComputer,
    ApplicationIncomplete,
    ApplicationMissing,
    DocumentNotTaken,
    LaunchError,
)
from connection_client.system.linux_launch import EARLY, last_words
from connection_client.system.msix_packages import is_packaged
from connection_client.system.windows_process import spawn

# STATUS_DLL_NOT_FOUND, STATUS_ENTRYPOINT_NOT_FOUND
_PARTS_MISSING = (0xC0000135, 0xC0000139)
# ERROR_BAD_EXE_FORMAT, ERROR_EXE_MACHINE_TYPE_MISMATCH
_FOR_OTHERS = (193, 216)


class WindowsPrograms:
    """Implements the port Programs; each program's output goes to a file in `logs`."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs

    def start(self, name: str, target: LaunchTarget, files: tuple[Path, ...]) -> None:
        """Start and watch for a moment; raises LaunchError, FolderNotWritable.

        What lies in an MSIX package is started by Explorer, which hands no documents over, and whose exit
        status says nothing.
        """
        packaged = is_packaged(target)
        if packaged and files:
            raise DocumentNotTaken(name=name)
        program = Path(target.command[0])
        if not program.is_absolute() or not program.is_file():
            raise ApplicationMissing(name=name)
        command = [str(program), *target.command[1:], *(str(file.absolute()) for file in files)]
        folder = target.working_folder
        log = self._logs / f"{PureWindowsPath(program).stem}.log"
        with self._open(log) as output:
            try:
                place = folder if folder is not None and folder.is_dir() else program.parent
                process = spawn(command, place, output)
            except OSError as error:
                raise _why(name, error) from error
        self._watch(name, process, log, tells=not packaged)

    def _watch(self, name: str, process: "subprocess.Popen[bytes]", log: Path, *, tells: bool) -> None:
        try:
            exit_code = process.wait(EARLY)
        except subprocess.TimeoutExpired:
            # Somebody has to hold the handle until it ends, or a warning tells of a child that still runs.
            threading.Thread(target=process.wait, name=f"watch {process.pid}", daemon=True).start()
            return
        if not tells:
            return
        if exit_code in _PARTS_MISSING:
            raise ApplicationIncomplete(name=name, missing=N_("a library"))
        if exit_code != 0:
            raise ApplicationExited(name=name, exit_code=exit_code, output=last_words(log))

    def _open(self, log: Path) -> IO[bytes]:
        try:
            self._logs.mkdir(parents=True, exist_ok=True)
            return log.open("wb")
        except OSError as error:
            raise FolderNotWritable(path=str(self._logs), reason=error.strerror or "") from error


def _why(name: str, error: OSError) -> LaunchError:
    """What kept Windows from running a program that is there."""
    code = int(getattr(error, "winerror", 0) or 0)
    if isinstance(error, FileNotFoundError):
        return ApplicationMissing(name=name)
    if code in _FOR_OTHERS:
        made_for = N_("another kind of computer")
        return ApplicationForOtherComputer(name=name, made_for=made_for, here=platform.machine())
    return ApplicationExited(name=name, exit_code=code, output=error.strerror or "")
