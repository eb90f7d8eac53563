# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Installs packages and disk images on a Mac: checked once more, with one question for rights a batch."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from connection_client.domain.catalogue import Package
from connection_client.domain.errors import DiskFull, NeedsRights, NotInstallable, PackageChanged
from connection_client.domain.language import N_, _
from connection_client.domain.property_list import dictionary_in
from connection_client.system import macos_elevation, macos_work
from connection_client.system.install_outcomes import judge
from connection_client.system.logged_run import run_logged
from connection_client.system.macos_bundles import application_folders
from connection_client.system.macos_elevated_install import IMAGE, OPTION, PACKAGE
from connection_client.system.macos_tools import SYSTEM_PATH
from connection_client.updates.download import VerifiedFile
from connection_client.updates.install import Ended, Job

_QUERY_SECONDS = 60.0
_RESTARTS = ("RequireRestart", "RecommendRestart", "RequireShutdown")
_TEAM = "team_id"
_NEVER_ASKS = ("none", "prohibited")
_HOME, _SYSTEM = "CurrentUserHomeDirectory", "/"  # domains of installer(8)
_REASONS = {
    macos_work.NOT_SIGNED: N_("its signature is not the publisher's"),
    macos_work.DISTRUSTED: N_("a policy of this computer forbids it"),
    macos_work.NOT_OPENED: N_("its disk image cannot be opened"),
    macos_work.UNSUITABLE: N_("its disk image does not hold one application or one package"),
    macos_work.OCCUPIED: N_("another application lies in its place"),
}


def own_program() -> list[str]:
    """How to start the client anew."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "connection_client"]


class MacInstaller:
    """Implements `updates.install.Installer` for the kinds `pkg` and `dmg-app`.

    `folders` are those of everybody's applications and of the person's own; `path` is where the system's
    programs are, another only in tests.
    """

    def __init__(self, folders: Sequence[Path] = (), path: str = SYSTEM_PATH) -> None:
        self._everybodys, self._own = folders or application_folders()
        self._path = path

    def obstacle(self, package: Package) -> str:
        """Why the package cannot be installed here, in words."""
        if package.os != "macos":
            return N_("it is made for another system")
        if package.install.kind not in (PACKAGE, IMAGE):
            return N_("this version of CONNECTION Client does not know how")
        return ""

    def can_elevate(self) -> bool:
        """Whether we are root, or can ask: the system takes any administrator's name and password."""
        return os.geteuid() == 0 or shutil.which("osascript", path=self._path) is not None

    def install(self, job: Job) -> Ended:
        """Check and install all files of the job; raises InstallError, DiskFull, FolderNotWritable."""
        for file in job.files:
            if not file.is_genuine():
                raise PackageChanged(filename=file.package.filename)
        restart = any([self._restarts(file) for file in job.files])  # noqa: C419  # each is asked before one runs
        for way, files in groupby(job.files, self._way):
            everybodys, rights = way
            self._run(job, tuple(files), everybodys=everybodys, rights=rights)
        return Ended(restart=restart)

    def _way(self, file: VerifiedFile) -> tuple[bool, bool]:
        """Whether it is for everybody, and whether rights have to be asked for."""
        recipe = file.package.install
        everybodys = recipe.scope == "machine"
        if not everybodys or os.geteuid() == 0 or recipe.elevation in _NEVER_ASKS:
            return everybodys, False
        return True, recipe.elevation == "required" or recipe.kind == PACKAGE or not self._may_write()

    def _may_write(self) -> bool:
        return os.access(self._everybodys, os.W_OK)

    def _run(self, job: Job, files: Sequence[VerifiedFile], *, everybodys: bool, rights: bool) -> None:
        command = self._command(files, everybodys=everybodys)
        code = self._run_elevated(job, command) if rights else run_logged(command, job.log)
        asks = all(file.package.install.elevation not in _NEVER_ASKS for file in files)
        if code == macos_work.NO_RIGHTS and everybodys and asks and not rights:
            code = self._run_elevated(job, command)
        if code != 0:
            _explain(job, files, code)

    def _command(self, files: Sequence[VerifiedFile], *, everybodys: bool) -> list[str]:
        target = (_SYSTEM, str(self._everybodys)) if everybodys else (_HOME, str(self._own))
        command = [*own_program(), OPTION, self._path, *target]
        for file in files:
            package, team = file.package, file.package.signer.get(_TEAM, macos_work.NOBODY)
            command += [package.install.kind, package.sha256, str(package.length), team, str(file.path)]
        return command

    def _run_elevated(self, job: Job, command: Sequence[str]) -> int:
        osascript = shutil.which("osascript", path=self._path)
        if osascript is None:
            raise NeedsRights(name=job.name)
        prompt = _("CONNECTION Client wants to install {name}.").format(name=job.name)
        code = run_logged(macos_elevation.elevated(osascript, prompt, command), job.log)
        return macos_elevation.code_in(job.log) if code != 0 else 0

    def _restarts(self, file: VerifiedFile) -> bool:
        """Whether the package says that the computer has to be started anew (installer(8))."""
        if file.package.install.kind != PACKAGE:
            return False
        program = shutil.which("installer", path=self._path) or "/usr/sbin/installer"
        words = ["-query", "RestartAction", "-pkg", str(file.path), "-plist"]
        try:
            ended = subprocess.run(
                [program, *words],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_QUERY_SECONDS,
                check=False,
            )
            return dictionary_in(ended.stdout).get("RestartAction") in _RESTARTS
        except (OSError, subprocess.SubprocessError, ValueError):
            return False


def _explain(job: Job, files: Sequence[VerifiedFile], code: int) -> None:
    """Raise what an exit code other than 0 means."""
    last = files[-1]
    if code == macos_work.NO_RIGHTS or macos_elevation.was_refused(code):
        raise NeedsRights(name=job.name)
    if code == macos_work.PACKAGE_CHANGED:
        raise PackageChanged(filename=last.package.filename)
    if code == macos_work.DISK_FULL:
        size = sum(file.package.length for file in files)
        raise DiskFull(needed=size, kept=size)
    if code in _REASONS:
        raise NotInstallable(name=job.name, reason=_REASONS[code])
    judge(job, last, last.package.install.exit_codes.get(code, "failed"), code)
