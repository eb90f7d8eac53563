# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What packages have to fit on this Mac."""

import platform
import shutil
from pathlib import Path

from connection_client.domain.catalogue import InstallRecipe, Package
from connection_client.domain.versions import Version
from connection_client.system.macos_elevated_install import IMAGE, PACKAGE
from connection_client.system.macos_tools import SYSTEM_PATH
from connection_client.system.program_output import lines_of
from connection_client.updates.context import Computer
from connection_client.updates.install import Installer

_ARCHITECTURES = {"x86_64": "x64", "arm64": "arm64"}
_ALL_KINDS = (PACKAGE, IMAGE)


def this_computer(installer: Installer, disk: Path = Path("/"), path: str = SYSTEM_PATH) -> Computer:
    """The computer as it is now; `free_bytes` are those of the disk that applications lie on."""
    try:
        free = shutil.disk_usage(disk).free
    except OSError:
        free = None
    return Computer(
        os="macos",
        architecture=architecture(path),
        os_version=Version.parse(platform.mac_ver()[0]),
        installs=frozenset(kind for kind in _ALL_KINDS if not installer.obstacle(_probe(kind))),
        can_elevate=installer.can_elevate(),
        free_bytes=free,
    )


def architecture(path: str = SYSTEM_PATH, machine: str = "") -> str:
    """That of the processor: a program which Rosetta translates is told another one (sysctl(3))."""
    machine = (machine or platform.machine()).casefold()
    sysctl = shutil.which("sysctl", path=path)
    if machine == "x86_64" and sysctl is not None:
        told = lines_of([sysctl, "-n", "hw.optional.arm64"])
        machine = "arm64" if told[:1] == ("1",) else machine
    return _ARCHITECTURES.get(machine, machine)


def _probe(kind: str) -> Package:
    return Package("macos", "any", "probe", "probe", 1, "", InstallRecipe(kind))
