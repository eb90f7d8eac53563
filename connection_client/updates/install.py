# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What an installer of this computer has to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from connection_client.domain.catalogue import Package
from connection_client.domain.installed import InstalledProduct
from connection_client.updates.download import VerifiedFile


@dataclass(frozen=True)
class Job:
    """Packages to install in this order with one elevation.

    `name`, `product_id` and `version` belong to the last one, for which the others are there.
    """

    name: str
    files: tuple[VerifiedFile, ...]
    log: Path
    product_id: str = ""
    version: str = ""


@dataclass(frozen=True)
class Ended:
    """An installer ended content; `restart`: its work is whole only after the computer was started anew.

    `goes_on`: it replaces this very program, and does so only after this program has ended.
    """

    restart: bool = False
    goes_on: bool = False


class Installer(Protocol):
    """Hands packages to the operating system's own installer."""

    def obstacle(self, package: Package) -> str:
        """Why this computer cannot install the package, in words; empty where it can."""
        ...

    def can_elevate(self) -> bool:
        """Whether administrator rights are there or can be asked for."""
        ...

    def install(self, job: Job) -> Ended:
        """Check every file once more, then install; raises InstallError or DiskFull.

        Returning says only that the installer was content. What is on the disk afterwards decides.
        """
        ...


class Applications(Protocol):
    """The applications that run on this computer; they may be asked to close, and none is ever ended."""

    def running(self, products: Sequence[InstalledProduct]) -> frozenset[str]:
        """The ids of those products that run now."""
        ...

    def titles(self, product: InstalledProduct) -> tuple[str, ...]:
        """What stands above the windows of the product; nothing where the system does not tell."""
        ...

    def ask_to_close(self, product: InstalledProduct) -> bool:
        """Ask each window of the product to close, as its cross does; False where none can be asked.

        The application may ask what to save, and may stay open.
        """
        ...
