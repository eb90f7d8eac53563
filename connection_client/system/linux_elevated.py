# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Has the part with administrator rights do its work: directly as root, else by one question of polkit."""

import os
import shutil
import sys
from pathlib import Path

from connection_client.domain.errors import (
    DiskFull,
    InstallerBusy,
    InstallerFailed,
    NeedsRights,
    NobodyToAsk,
    PackageChanged,
)
from connection_client.system import elevated_install
from connection_client.system.linux_terminal import asking_in_terminal
from connection_client.system.logged_run import run_logged
from connection_client.updates.download import VerifiedFile
from connection_client.updates.install import Job

# pkexec(1): the person dismissed the question, or may not be asked.
_PKEXEC_REFUSED = (126, 127)
_NO_AGENT = b"No authentication agent found"
_SYSTEM_PYTHON = Path("/usr/bin/python3")


class ElevatedPart:
    """Installs packages of one kind of `elevated_install.COMMANDS`; `root` is not / only in tests."""

    def __init__(
        self, kind: str, root: Path = Path("/"), script: Path = Path(elevated_install.__file__)
    ) -> None:
        self._kind = kind
        self._root = root
        self._script = script

    def can_ask(self) -> bool:
        """Whether we are root, or can ask to be."""
        return os.geteuid() == 0 or shutil.which("pkexec") is not None

    def install(self, job: Job) -> None:
        """Check and install all files of the job; raises InstallError, DiskFull, FolderNotWritable."""
        for file in job.files:
            if not file.is_genuine():
                raise PackageChanged(filename=file.package.filename)
        exit_code = self._run(job)
        if exit_code:
            raise self._failure(job, exit_code)

    def _run(self, job: Job) -> int:
        work = self._script_call()
        for file in job.files:
            # By the handle, so that the path may be pointed elsewhere without any effect.
            handle = f"/proc/{os.getpid()}/fd/{file.handle.fileno()}"
            work += [file.package.sha256, str(file.package.length), handle]
        if os.geteuid() == 0:
            return run_logged(work, job.log)
        pkexec = shutil.which("pkexec")
        if pkexec is None:
            raise NeedsRights(name=job.name)
        try:
            return _asked([pkexec, "--disable-internal-agent", *work], job)
        except NobodyToAsk:
            # As pkexec itself would, had it a terminal: it is in a session of its own here.
            with asking_in_terminal() as somebody_asks:
                if not somebody_asks:
                    raise
                return _asked([pkexec, "--disable-internal-agent", *work], job)

    def _script_call(self) -> list[str]:
        # An installed client has it as a program that the computer's policy knows by name.
        program = self._script.parents[2] / "libexec/install-packages"
        if os.access(program, os.X_OK):
            return [str(program), self._kind, str(self._root)]
        python = str(_SYSTEM_PYTHON) if _SYSTEM_PYTHON.exists() else sys.executable
        return [python, "-I", str(self._script), self._kind, str(self._root)]

    def _failure(self, job: Job, exit_code: int) -> Exception:
        if os.geteuid() != 0 and exit_code in _PKEXEC_REFUSED:
            return NeedsRights(name=job.name)
        if exit_code == elevated_install.PACKAGE_CHANGED:
            return PackageChanged(filename=job.files[-1].package.filename)
        if exit_code == elevated_install.BUSY:
            return InstallerBusy()
        if exit_code == elevated_install.DISK_FULL:
            return DiskFull(needed=_size(job.files), kept=_size(job.files))
        return InstallerFailed(name=job.name, exit_code=exit_code, log=job.log)


def _asked(command: list[str], job: Job) -> int:
    """The exit status; raises NobodyToAsk where no program of the session is there to ask."""
    begin = _length(job.log)
    # Without SHELL: pkexec refuses to work for somebody whose shell /etc/shells does not name.
    environment = {name: value for name, value in os.environ.items() if name != "SHELL"}
    exit_code = run_logged(command, job.log, environment=environment)
    if exit_code in _PKEXEC_REFUSED and _NO_AGENT in job.log.read_bytes()[begin:]:
        raise NobodyToAsk(name=job.name)
    return exit_code


def _length(log: Path) -> int:
    return log.stat().st_size if log.exists() else 0


def _size(files: tuple[VerifiedFile, ...]) -> int:
    return sum(file.package.length for file in files)
