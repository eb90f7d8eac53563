# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Installs the system's packages: checked once more, as an argument list, with one elevation for all."""

import os
import shutil
import sys
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from connection_client.domain.catalogue import Package
from connection_client.domain.errors import (
    DiskFull,
    InstallerBusy,
    InstallerFailed,
    NeedsRights,
    NotInstallable,
    PackageChanged,
)
from connection_client.domain.language import N_
from connection_client.system import elevated_install
from connection_client.system.logged_run import run_logged
from connection_client.updates.download import VerifiedFile
from connection_client.updates.install import Ended, Installer, Job

# pkexec(1): the person dismissed the question, or may not be asked.
_PKEXEC_REFUSED = (126, 127)
_PROGRAMS = {"deb": "apt-get", "rpm": "rpm"}
_SYSTEM_PYTHON = Path("/usr/bin/python3")


class PackageInstaller:
    """Implements `updates.install.Installer` for packages of the system, all of one kind: deb or rpm.

    `root` is another than / only in tests.
    """

    def __init__(
        self, kind: str = "deb", root: Path = Path("/"), script: Path = Path(elevated_install.__file__)
    ) -> None:
        self._kind = kind
        self._root = root
        self._script = script

    def obstacle(self, package: Package) -> str:
        """Why the package cannot be installed here, in words."""
        if package.os != "linux" or package.install.kind != self._kind:
            return N_("it is made for another system")
        # A Debian computer may have rpm as a tool, but its own database is dpkg's.
        is_foreign = self._kind == "rpm" and (self._root / "var/lib/dpkg/status").exists()
        if is_foreign or shutil.which(_PROGRAMS[self._kind]) is None:
            return N_("this computer installs another kind of packages")
        return ""

    def can_elevate(self) -> bool:
        """Whether we are root, or can ask to be."""
        return os.geteuid() == 0 or shutil.which("pkexec") is not None

    def install(self, job: Job) -> Ended:
        """Check and install all files of the job; raises InstallError, DiskFull, FolderNotWritable."""
        for file in job.files:
            if not file.is_genuine():
                raise PackageChanged(filename=file.package.filename)
        exit_code = self._run(job)
        if exit_code:
            raise self._failure(job, exit_code)
        return Ended()

    def _run(self, job: Job) -> int:
        command = [*self._elevation(job), *self._script_call()]
        for file in job.files:
            # By the handle, so that the path may be pointed elsewhere without any effect.
            handle = f"/proc/{os.getpid()}/fd/{file.handle.fileno()}"
            command += [file.package.sha256, str(file.package.length), handle]
        return run_logged(command, job.log)

    def _elevation(self, job: Job) -> list[str]:
        if os.geteuid() == 0:
            return []
        pkexec = shutil.which("pkexec")
        if pkexec is None:
            raise NeedsRights(name=job.name)
        return [pkexec]

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


def _size(files: tuple[VerifiedFile, ...]) -> int:
    return sum(file.package.length for file in files)


class LinuxInstaller:
    """Implements `updates.install.Installer` by the first part that takes a package: one for each kind."""

    def __init__(self, *parts: Installer) -> None:
        self._parts = parts

    def obstacle(self, package: Package) -> str:
        """Why no part takes it, in the words of the first that knows its kind."""
        reasons = [part.obstacle(package) for part in self._parts]
        return "" if "" in reasons else reasons[-1]

    def can_elevate(self) -> bool:
        """Whether administrator rights are there or can be asked for."""
        return any(part.can_elevate() for part in self._parts)

    def install(self, job: Job) -> Ended:
        """Install in order, what belongs to one part at once; raises as the parts do."""
        ended = [
            part.install(replace(job, files=tuple(files)))
            for part, files in groupby(job.files, lambda file: self._part_for(job, file))
        ]
        return Ended(restart=any(one.restart for one in ended))

    def _part_for(self, job: Job, file: VerifiedFile) -> Installer:
        found = next((part for part in self._parts if not part.obstacle(file.package)), None)
        if found is None:
            raise NotInstallable(name=job.name, reason=self.obstacle(file.package))
        return found
