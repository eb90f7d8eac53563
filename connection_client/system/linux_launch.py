# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Starts a program as if the person's shell had: detached, clean environment, no inherited handles."""

import errno
import os
import platform
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from connection_client.domain.errors import FolderNotWritable
from connection_client.domain.installed import LaunchTarget
from connection_client.domain.launch_errors import (
    ApplicationExited,
    ApplicationForOtherComputer,
    ApplicationIncomplete,
    ApplicationMissing,
    LaunchError,
)
from connection_client.system.program_file import architecture_of, interpreter_of

EARLY = 1.5  # seconds within which an end counts as a failed start
_TAIL = 4096  # bytes of the last output that are looked at
_LONGEST_OUTPUT = 300  # characters of it that are shown
# Variables that this program, its Python and its Qt set for themselves.
_OURS = ("PYTHON", "PYSIDE", "QML", "_PYI", "_MEI", "VIRTUAL_ENV", "__PYVENV")
_OURS_EXACTLY = frozenset(
    {
        "DESKTOP_STARTUP_ID",
        "LD_LIBRARY_PATH",
        "LD_PRELOAD",
        "QT_PLUGIN_PATH",
        "QT_QPA_PLATFORM",
        "QT_QPA_PLATFORM_PLUGIN_PATH",
        "XDG_ACTIVATION_TOKEN",
    }
)


class LinuxPrograms:
    """Implements the port Programs; each program's output goes to a file in `logs`."""

    def __init__(self, logs: Path, early: float = EARLY) -> None:
        self._logs, self._early = logs, early

    def start(self, name: str, target: LaunchTarget, files: tuple[Path, ...]) -> None:
        """Start and watch for a moment; raises LaunchError, FolderNotWritable."""
        environment = clean_environment(os.environ)
        program = shutil.which(target.command[0], path=environment.get("PATH", os.defpath))
        if program is None:
            raise ApplicationMissing(name=name)
        # Absolute paths: another working folder, and never something that looks like an option.
        command = [program, *target.command[1:], *(str(file.absolute()) for file in files)]
        log = self._log_of(Path(program))
        with self._open(log) as output:
            process = _spawn(name, command, environment, target.working_folder, output)
        try:
            exit_code = process.wait(self._early)
        except subprocess.TimeoutExpired:
            # Without somebody who waits, an application that ends later would stay as a zombie.
            threading.Thread(target=process.wait, name=f"reap {process.pid}", daemon=True).start()
            return
        if exit_code != 0:
            raise ApplicationExited(name=name, exit_code=exit_code, output=last_words(log))

    def _log_of(self, program: Path) -> Path:
        return self._logs / f"{program.name}.log"

    def _open(self, log: Path) -> IO[bytes]:
        try:
            self._logs.mkdir(mode=0o700, parents=True, exist_ok=True)
            return log.open("wb")
        except OSError as error:
            raise FolderNotWritable(path=str(self._logs), reason=error.strerror or "") from error


def clean_environment(own: Mapping[str, str]) -> dict[str, str]:
    """The person's environment without what is ours; the search path without our Python's folder."""
    kept = {
        name: value for name, value in own.items() if name not in _OURS_EXACTLY and not name.startswith(_OURS)
    }
    if sys.prefix != sys.base_prefix and "PATH" in kept:
        ours = str(Path(sys.prefix) / "bin")
        kept["PATH"] = os.pathsep.join(part for part in kept["PATH"].split(os.pathsep) if part != ours)
    return kept


def last_words(log: Path) -> str:
    """The last line of the output that says something, without what would disturb a window."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - _TAIL))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return ""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    printable = "".join(c if c.isprintable() else " " for c in lines[-1]) if lines else ""
    return printable[:_LONGEST_OUTPUT]


def _spawn(
    name: str, command: list[str], environment: Mapping[str, str], folder: Path | None, output: IO[bytes]
) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(
            command,
            env=dict(environment),
            cwd=folder if folder is not None and folder.is_dir() else Path.home(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            close_fds=True,
        )
    except OSError as error:
        raise _why(name, Path(command[0]), error) from error


def _why(name: str, program: Path, error: OSError) -> LaunchError:
    """What kept the kernel from running a program that is there."""
    made_for, here = architecture_of(program), platform.machine()
    if error.errno == errno.ENOEXEC and made_for not in ("", here):
        return ApplicationForOtherComputer(name=name, made_for=made_for, here=here)
    missing = interpreter_of(program)
    if error.errno == errno.ENOENT and missing:
        return ApplicationIncomplete(name=name, missing=missing)
    if error.errno == errno.ENOENT:
        return ApplicationMissing(name=name)
    return ApplicationExited(name=name, exit_code=error.errno, output=error.strerror or "")
