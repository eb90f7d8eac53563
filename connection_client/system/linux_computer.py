# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What packages have to fit on this Linux computer."""

import platform
import shutil
from pathlib import Path

from connection_client.domain.catalogue import InstallRecipe, Package
from connection_client.updates.context import Computer
from connection_client.updates.install import Installer

_ARCHITECTURES = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "i686": "x86", "i386": "x86"}
_KINDS = ("deb", "rpm", "appimage", "flatpak")


def this_computer(installer: Installer, root: Path = Path("/")) -> Computer:
    """The computer as it is now; `free_bytes` are those of the disk that applications lie on."""
    machine = platform.machine().casefold()
    try:
        free = shutil.disk_usage(root).free
    except OSError:
        free = None
    return Computer(
        os="linux",
        architecture=_ARCHITECTURES.get(machine, machine),
        installs=frozenset(kind for kind in _KINDS if not installer.obstacle(_probe(kind))),
        can_elevate=installer.can_elevate(),
        free_bytes=free,
    )


def _probe(kind: str) -> Package:
    return Package("linux", "any", "probe", "probe", 1, "", InstallRecipe(kind))
