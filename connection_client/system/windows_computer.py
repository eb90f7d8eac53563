# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What packages have to fit on this Windows computer."""

import os
import platform
import shutil
import sys

from connection_client.domain.catalogue import InstallRecipe, Package
from connection_client.domain.versions import Version
from connection_client.system.windows_setups import KINDS
from connection_client.updates.context import Computer
from connection_client.updates.install import Installer

_ARCHITECTURES = {"amd64": "x64", "x86_64": "x64", "arm64": "arm64", "x86": "x86"}


def this_computer(installer: Installer) -> Computer:
    """The computer as it is now; `free_bytes` are those of the drive that applications lie on."""
    machine = (os.environ.get("PROCESSOR_ARCHITEW6432") or platform.machine()).casefold()
    try:
        free = shutil.disk_usage(os.environ.get("ProgramFiles", "C:\\")).free  # noqa: SIM112  # its name
    except OSError:
        free = None
    return Computer(
        os="windows",
        architecture=_ARCHITECTURES.get(machine, machine),
        os_version=_version(),
        installs=frozenset(kind for kind in KINDS if not installer.obstacle(_probe(kind))),
        can_elevate=installer.can_elevate(),
        free_bytes=free,
    )


def _version() -> Version | None:
    """The true version: the one that programs are told depends on their manifest."""
    if sys.platform == "win32":
        return Version.parse(".".join(str(part) for part in sys.getwindowsversion().platform_version))
    return None


def _probe(kind: str) -> Package:
    return Package("windows", "any", "probe", "probe", 1, "", InstallRecipe(kind))
