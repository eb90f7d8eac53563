# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Installs the system's packages: checked once more, as an argument list, with one elevation for all."""

import shutil
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from connection_client.domain.catalogue import Package
from connection_client.domain.errors import NotInstallable
from connection_client.domain.language import N_
from connection_client.system import elevated_install
from connection_client.system.linux_elevated import ElevatedPart
from connection_client.updates.download import VerifiedFile
from connection_client.updates.install import Ended, Installer, Job

_PROGRAMS = {"deb": "apt-get", "rpm": "rpm"}


class PackageInstaller:
    """Implements `updates.install.Installer` for packages of the system, all of one kind: deb or rpm.

    `root` is another than / only in tests.
    """

    def __init__(
        self, kind: str = "deb", root: Path = Path("/"), script: Path = Path(elevated_install.__file__)
    ) -> None:
        self._kind = kind
        self._root = root
        self._part = ElevatedPart(kind, root, script)

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
        return self._part.can_ask()

    def install(self, job: Job) -> Ended:
        """Check and install all files of the job; raises InstallError, DiskFull, FolderNotWritable."""
        self._part.install(job)
        return Ended()


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
