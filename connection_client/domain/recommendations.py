# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is recommended for an installed or available product, why, and what stands in the way."""

from dataclasses import dataclass
from enum import StrEnum

from connection_client.domain.catalogue import Package, Product, Release, Severity
from connection_client.domain.installed import OWN_PRODUCT, InstalledProduct


class Reason(StrEnum):
    """Why a release is recommended."""

    NEWER = "newer"
    SECURITY = "security"
    END_OF_SUPPORT = "end-of-support"
    WITHDRAWN = "withdrawn"
    PREREQUISITE = "prerequisite"
    NOT_INSTALLED = "not-installed"
    DEADLINE = "deadline"


class Blocker(StrEnum):
    """What keeps a recommended release from being installed now."""

    ROLE_MISSING = "role-missing"
    NOT_SIGNED_IN = "not-signed-in"
    APPLICATION_RUNNING = "application-running"
    NEEDS_RIGHTS = "needs-rights"
    DISK = "disk"
    METERED = "metered"
    POLICY = "policy"
    WINDOW = "maintenance-window"
    CATALOGUE = "catalogue"
    PREREQUISITE = "prerequisite-missing"
    OBSTACLE = "not-installable"


class Restart(StrEnum):
    """What has to start anew after an installation, as far as the catalogue tells."""

    NOTHING = "nothing"
    PERHAPS = "perhaps-computer"
    COMPUTER = "computer"
    CLIENT = "client"


_REBOOTS = frozenset({"reboot-required", "reboot-started"})  # as catalogues call them
LATER = frozenset({Blocker.METERED, Blocker.WINDOW})
"""What only makes an unattended installation wait: a person may go on at once."""


@dataclass(frozen=True)
class Link:
    """One package of a chain, with the product and the release that it belongs to."""

    product: Product
    release: Release
    package: Package


@dataclass(frozen=True)
class Recommendation:
    """A release to install for a product; `chain` lists all packages in order, prerequisites first.

    `before` are those prerequisites, without the release itself.
    """

    product: Product
    release: Release
    package: Package
    severity: Severity
    reasons: tuple[Reason, ...]
    blockers: tuple[Blocker, ...] = ()
    installed: InstalledProduct | None = None
    chain: tuple[Package, ...] = ()
    before: tuple[Link, ...] = ()

    @property
    def needs_rights(self) -> bool:
        """Whether an administrator's password may be asked for: once, for all of the chain."""
        packages = self.chain or (self.package,)
        return any(package.install.elevation in ("required", "self") for package in packages)

    @property
    def restart(self) -> Restart:
        """What starts anew: certain where the ordinary end of an installer asks for it, else perhaps."""
        if self.product.id == OWN_PRODUCT:
            return Restart.CLIENT
        codes = [package.install.exit_codes for package in self.chain or (self.package,)]
        if any(ends.get(0) in _REBOOTS for ends in codes):
            return Restart.COMPUTER
        perhaps = any(meaning in _REBOOTS for ends in codes for meaning in ends.values())
        return Restart.PERHAPS if perhaps else Restart.NOTHING
