# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Installs flatpak bundles: for this person by flatpak itself, for everybody by the part with rights."""

import os
import shutil
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from connection_client.domain.catalogue import Package
from connection_client.domain.errors import InstallerFailed, PackageChanged
from connection_client.domain.language import N_
from connection_client.system.linux_elevated import ElevatedPart
from connection_client.system.logged_run import run_logged
from connection_client.updates.download import VerifiedFile
from connection_client.updates.install import Ended, Job


class FlatpakInstaller:
    """Implements `updates.install.Installer` for the kind `flatpak`.

    `program` and `root` are others only in tests.

    A bundle that is older than what is installed goes back to it. The runtime that it names has to be
    there, or in a remote that the computer knows; flatpak brings it then.

    For everybody, flatpak's own helper would not do: called from a program it asks nobody and refuses, and
    it is told a path, whose bytes nothing holds while somebody is asked.
    """

    def __init__(self, program: str = "flatpak", root: Path = Path("/")) -> None:
        self._program = program
        self._for_everybody = ElevatedPart("flatpak", root)

    def obstacle(self, package: Package) -> str:
        """Why the package cannot be installed here, in words."""
        if package.os != "linux" or package.install.kind != "flatpak":
            return N_("it is made for another system")
        return "" if shutil.which(self._program) is not None else N_("flatpak is not on this computer")

    def can_elevate(self) -> bool:
        """Whether we are root, or can ask to be."""
        return self._for_everybody.can_ask()

    def install(self, job: Job) -> Ended:
        """Check each file once more and install it; raises InstallError, DiskFull, FolderNotWritable."""
        for scope, files in groupby(job.files, lambda file: file.package.install.scope):
            part = replace(job, files=tuple(files))
            if scope == "user":
                self._install_for_person(part)
            else:
                self._for_everybody.install(part)
        return Ended()

    def _install_for_person(self, job: Job) -> None:
        for file in job.files:
            if not file.is_genuine():
                raise PackageChanged(filename=file.package.filename)
            exit_code = self._run(job, file)
            if exit_code:
                raise InstallerFailed(name=job.name, exit_code=exit_code, log=job.log)

    def _run(self, job: Job, file: VerifiedFile) -> int:
        program = shutil.which(self._program) or self._program
        handle = file.handle.fileno()
        # By the handle that was hashed: the path may be pointed elsewhere without any effect.
        command = [program, "install", "--user", "--bundle", "--noninteractive"]
        command += ["--assumeyes", f"/proc/self/fd/{handle}"]
        return run_logged(
            command, job.log, pass_fds=(handle,), environment={**os.environ, "LC_ALL": "C.UTF-8"}
        )
